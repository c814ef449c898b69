package io.leat.delivery.postgres;

import io.leat.core.delivery.Postgres;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is said to the database for a batch: one parameter a column, so that a batch of any size has one plan. An older change
 * never overwrites a newer one: generation and position in the log decide, since event time and seq may go back.
 *
 * @param upsert the last change of keys that have values
 * @param mark the last change of keys that are gone and whose values stand in the table
 * @param delete keys that are gone
 * @param history every change; {@code null} if none is kept
 */
record Statements(String upsert, String mark, String delete, @Nullable String history) {

    private static final String NEWER = " WHERE (t.leat_gen, t.leat_pos) < (excluded.leat_gen, excluded.leat_pos)";

    static Statements of(Postgres sink) {
        Ddl ddl = new Ddl(sink);
        String table = Ddl.name(sink.table());
        Map<String, String> columns = ddl.columns();
        String insert = insert(table + " AS t", columns) + " ON CONFLICT (leat_key) DO UPDATE SET ";
        return new Statements(
                insert + set(columns.keySet()) + NEWER,
                insert
                        + set(columns.keySet().stream()
                                .filter(name -> name.startsWith(Postgres.OWN))
                                .toList())
                        + NEWER,
                "DELETE FROM " + table
                        + " AS t USING (SELECT ?::bigint AS g, * FROM unnest(?::text[], ?::bigint[]) AS a(k, p)) AS u"
                        + " WHERE t.leat_key = u.k AND (t.leat_gen, t.leat_pos) < (u.g, u.p)",
                sink.history() == null
                        ? null
                        : insert(Ddl.name(sink.history()), ddl.historyColumns()) + " ON CONFLICT (leat_id) DO NOTHING");
    }

    private static String insert(String table, Map<String, String> columns) {
        List<String> names = new ArrayList<>();
        List<String> arrays = new ArrayList<>();
        columns.forEach((name, type) -> {
            if (!name.equals(Ddl.GENERATION)) {
                names.add(Ddl.quoted(name));
                arrays.add("?::" + type + "[]");
            }
        });
        return "INSERT INTO %s (%s, %s) SELECT ?::bigint, * FROM unnest(%s)"
                .formatted(table, Ddl.GENERATION, String.join(", ", names), String.join(", ", arrays));
    }

    private static String set(Collection<String> names) {
        return names.stream()
                .filter(name -> !name.equals(Ddl.KEY))
                .map(name -> Ddl.quoted(name) + " = excluded." + Ddl.quoted(name))
                .collect(Collectors.joining(", "));
    }
}
