package io.leat.format.propose;

import io.leat.core.FieldPath;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How fields and figures stand in a feed file. */
final class Words {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

    private Words() {}

    static String path(FieldPath path) {
        return text(path.toString());
    }

    static String text(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else if (c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
                quoted.append("$\\x7b");
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    static String list(List<Column> columns) {
        return columns.stream().map(each -> path(each.path())).collect(Collectors.joining(", "));
    }

    /** A share in percent, with as many figures as say something. */
    static String percent(double share) {
        double percent = share * 100;
        if (percent == 0 || percent >= 10) {
            return String.format(Locale.ROOT, "%.0f %%", percent);
        }
        return percent < 0.01
                ? "less than 0.01 %"
                : String.format(Locale.ROOT, percent < 1 ? "%.2f %%" : "%.1f %%", percent);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
