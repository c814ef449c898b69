package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.delivery.Postgres;
import io.leat.format.Quote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code sinks[].postgres.columns}; without it, the fields of the key and those that are compared have a column each. */
final class ColumnsSection {

    private static final String ENTRY = PostgresKey.COLUMNS.path() + "[]";
    private static final String NAME_HINT =
            "Use letters, digits and '_', at most 63, not beginning with a digit or 'leat_'.";

    private final Values values;
    private final Problems problems;
    private final List<Feed.KeyPart> key;
    private final Feed.@Nullable Comparison comparison;
    private final FieldTypes types;

    /** @param comparison {@code null} if it is not known */
    ColumnsSection(
            Values values,
            Problems problems,
            List<Feed.KeyPart> key,
            Feed.@Nullable Comparison comparison,
            FieldTypes types) {
        this.values = values;
        this.problems = problems;
        this.key = key;
        this.comparison = comparison;
        this.types = types;
    }

    /**
     * The columns, {@code null} if one of them is wrong: that has been reported.
     *
     * @param sink where to complain about columns that nobody wrote
     */
    @Nullable
    List<Postgres.Column> read(@Nullable Node node, Node sink) {
        if (node == null) {
            return usual(sink);
        }
        if (!(node instanceof MappingNode mapping)) {
            values.wrongType(node, "a block of columns", "Write {price: after.price}.");
            return null;
        }
        List<Postgres.Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean whole = true;
        for (NodeTuple entry : mapping.getValue()) {
            Postgres.Column column = column(entry);
            if (column == null || !values.unseen(names, column.name(), entry.getKeyNode())) {
                whole = false;
            } else {
                columns.add(column);
            }
        }
        return whole && isShort(columns.size(), node) ? columns : null;
    }

    private boolean isShort(int columns, Node node) {
        if (columns > Postgres.MOST_COLUMNS) {
            problems.add(
                    node,
                    ProblemCode.OUT_OF_RANGE,
                    "A table has at most %s columns.".formatted(Postgres.MOST_COLUMNS),
                    "Keep the rest in one: {item: after}.");
        }
        return columns <= Postgres.MOST_COLUMNS;
    }

    private Postgres.@Nullable Column column(NodeTuple entry) {
        Node nameNode = entry.getKeyNode();
        String name = nameNode instanceof ScalarNode scalar ? scalar.getValue() : "";
        Node fromNode = entry.getValueNode();
        Node typeNode = null;
        if (fromNode instanceof MappingNode) {
            Section section = values.section(fromNode, ENTRY);
            fromNode = section == null ? null : section.required(PostgresKey.COLUMN_FROM);
            typeNode = section == null ? null : section.get(PostgresKey.COLUMN_TYPE);
        }
        FieldPath from = fromNode == null ? null : values.path(fromNode);
        if (fromNode == null || from == null) {
            return null;
        }
        Postgres.Type known = types.of(from);
        if (known == null) {
            problems.add(
                    fromNode,
                    ProblemCode.BAD_COLUMN,
                    "No change has '%s'.".formatted(Quote.shorten(from.names().get(0))),
                    "A path leads into the change: after.price, before.price, key.0, seq, op, event_time.");
            return null;
        }
        Postgres.Type type = typeNode == null ? known : values.choice(typeNode, "type", Postgres.Type.values());
        try {
            return type == null ? null : new Postgres.Column(name, from, type);
        } catch (IllegalArgumentException e) {
            problems.add(
                    nameNode,
                    ProblemCode.BAD_COLUMN,
                    "A column's name cannot be '%s'.".formatted(Quote.shorten(name)),
                    NAME_HINT);
            return null;
        }
    }

    private @Nullable List<Postgres.Column> usual(Node sink) {
        Map<FieldPath, FieldPath> fields = new LinkedHashMap<>();
        for (int i = 0; i < key.size(); i++) {
            if (key.get(i) instanceof Feed.KeyPart.Field field) {
                fields.put(field.path(), FieldPath.parse("key." + i));
            }
        }
        boolean known = comparison instanceof Feed.Comparison.Only;
        if (comparison instanceof Feed.Comparison.Only only) {
            only.fields().forEach(field -> fields.putIfAbsent(field, FieldPath.parse("after." + field)));
        }
        Map<String, Postgres.Column> columns = new LinkedHashMap<>();
        List<String> doubtful = new ArrayList<>();
        fields.forEach((field, from) -> {
            List<String> names = field.names();
            String name = plain(names.get(names.size() - 1));
            name = columns.containsKey(name) ? plain(String.join("_", names)) : name;
            try {
                Postgres.Column column = new Postgres.Column(name, from, types.ofItem(field));
                if (columns.putIfAbsent(name, column) != null) {
                    doubtful.add(field.toString());
                }
            } catch (IllegalArgumentException e) {
                doubtful.add(field.toString());
            }
        });
        if (!known) {
            columns.putIfAbsent(
                    "item", new Postgres.Column("item", new FieldPath(List.of("after")), Postgres.Type.JSONB));
        }
        if (!doubtful.isEmpty()) {
            problems.add(
                    sink,
                    ProblemCode.BAD_COLUMN,
                    "There is no good column name for '%s'.".formatted(Quote.shorten(doubtful.get(0))),
                    "Name the columns: columns: {price: after.price}.");
            return null;
        }
        return isShort(columns.size(), sink) ? List.copyOf(columns.values()) : null;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }
}
