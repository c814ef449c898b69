package io.leat.format.webhook;

import io.leat.core.FieldPath;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Secret;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A sink of tables as JSON. */
final class PostgresJson {

    private static final String HISTORY = "history";
    private static final String SEALED = "sealed";

    private PostgresJson() {}

    /** Without secrets. */
    static ObjectNode describe(Postgres postgres) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("url", postgres.url());
        json.put("user", postgres.login().user());
        json.put("table", postgres.table().toString());
        if (postgres.history() != null) {
            json.put(HISTORY, postgres.history().toString());
        }
        ArrayNode columns = json.putArray("columns");
        for (Postgres.Column column : postgres.columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("from", column.from().toString())
                    .put("type", column.type().word());
        }
        json.put("gone", SubscriptionJson.word(postgres.gone()));
        json.put("create", postgres.create());
        return json;
    }

    /** Adds the secret, if there is one. */
    static void seal(Postgres postgres, String name, SecretBox box, ObjectNode json) {
        Secret password = postgres.login().password();
        if (password != null) {
            json.put(SEALED, box.seal(password, name));
        }
    }

    static Postgres read(JsonNode json, String name, SecretBox box) {
        List<Postgres.Column> columns = new ArrayList<>();
        for (JsonNode column : json.required("columns")) {
            columns.add(new Postgres.Column(
                    column.required("name").stringValue(),
                    FieldPath.parse(column.required("from").stringValue()),
                    Postgres.Type.valueOf(SubscriptionJson.upper(column.required("type")))));
        }
        return new Postgres(
                json.required("url").stringValue(),
                new Postgres.Login(
                        json.required("user").stringValue(),
                        json.has(SEALED) ? box.open(json.required(SEALED).stringValue(), name) : null),
                Postgres.Table.parse(json.required("table").stringValue()),
                json.has(HISTORY) ? Postgres.Table.parse(json.required(HISTORY).stringValue()) : null,
                columns,
                Postgres.Gone.valueOf(SubscriptionJson.upper(json.required("gone"))),
                json.required("create").booleanValue());
    }
}
