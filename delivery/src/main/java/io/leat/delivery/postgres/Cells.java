package io.leat.delivery.postgres;

import io.leat.core.delivery.Postgres;
import io.leat.delivery.lane.LogEntry;
import io.leat.format.ChangeJson;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns changes into rows. What the database would take for something else, or keep as something else, is no value: it would
 * read {@code now} as a moment and {@code NaN} as a number, and an encoder would write a question mark for half a character.
 */
final class Cells {

    private static final Pattern MOMENT = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}:\\d{2})(?:(\\.\\d{1,6})\\d*)?([Zz]|[+-]\\d{2}:\\d{2})");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final List<Postgres.Column> columns;

    Cells(List<Postgres.Column> columns) {
        this.columns = columns;
    }

    Row row(LogEntry change) throws Unfit {
        JsonNode tree;
        try {
            tree = ChangeJson.tree(change.value());
        } catch (IllegalArgumentException | StackOverflowError e) {
            throw new Unfit("it cannot be read");
        }
        @Nullable String[] values = new String[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(columns.get(i), tree);
        }
        check("key", change.key());
        JsonNode seq = tree.path("seq");
        if (!seq.canConvertToLong()) {
            throw new Unfit("its seq is no number");
        }
        boolean gone = change.op().equals("gone") || change.op().equals("reset");
        return new Row(change, seq.longValue(), gone, !gone, values);
    }

    private static @Nullable String value(Postgres.Column column, JsonNode change) throws Unfit {
        JsonNode at = change;
        for (String name : column.from().names()) {
            at = at.isArray() && isPlace(name) ? at.path(Integer.parseInt(name)) : at.path(name);
        }
        if (at.isNull() || at.isMissingNode()) {
            return null;
        }
        return switch (column.type()) {
            case TEXT -> check(column.name(), at.isString() ? at.stringValue() : ChangeJson.text(at));
            case JSONB -> ChangeJson.text(at);
            case NUMERIC, BIGINT, INTEGER, DOUBLE -> fit(column, at, at.isNumber());
            case BOOLEAN -> fit(column, at, at.isBoolean());
            case TIMESTAMPTZ -> moment(column, at);
            case DATE -> {
                if (!at.isString() || !DAY.matcher(at.stringValue()).matches()) {
                    throw unfit(column);
                }
                yield at.stringValue();
            }
        };
    }

    private static boolean isPlace(String name) {
        return !name.isEmpty() && name.length() < 6 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String fit(Postgres.Column column, JsonNode at, boolean fits) throws Unfit {
        if (!fits) {
            throw unfit(column);
        }
        return ChangeJson.text(at);
    }

    /** To the microsecond: the database would round what is beyond. */
    private static String moment(Postgres.Column column, JsonNode at) throws Unfit {
        Matcher parts = MOMENT.matcher(at.isString() ? at.stringValue() : "");
        if (!parts.matches()) {
            throw unfit(column);
        }
        return parts.group(1) + (parts.group(2) == null ? "" : parts.group(2)) + parts.group(3);
    }

    private static Unfit unfit(Postgres.Column column) {
        return new Unfit("%s is no %s".formatted(column.name(), column.type().word()));
    }

    private static String check(String what, String text) throws Unfit {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new Unfit("%s has the character U+0000, which no text in Postgres can have".formatted(what));
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new Unfit("%s has half a character (a lone surrogate)".formatted(what));
                }
                i++;
            }
        }
        return text;
    }
}
