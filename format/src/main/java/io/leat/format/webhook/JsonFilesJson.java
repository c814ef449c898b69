package io.leat.format.webhook;

import io.leat.core.delivery.JsonFiles;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A sink of files as JSON. */
final class JsonFilesJson {

    private static final String BY = "by";
    private static final String ENDPOINT = "endpoint";
    private static final String REGION = "region";
    private static final String PATH_STYLE = "path_style";
    private static final String ACCESS_KEY = "access_key";
    private static final String SEALED = "sealed";

    private JsonFilesJson() {}

    /** Without secrets. */
    static ObjectNode describe(JsonFiles files) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("path", files.path());
        json.put("every_ms", files.every().toMillis());
        json.put("size", files.size());
        json.put("compression", SubscriptionJson.word(files.compression()));
        if (files.by() != JsonFiles.By.NOTHING) {
            json.put(BY, SubscriptionJson.word(files.by()));
        }
        JsonFiles.Store store = files.store();
        if (store != null) {
            if (store.endpoint() != null) {
                json.put(ENDPOINT, store.endpoint());
            }
            if (store.region() != null) {
                json.put(REGION, store.region());
            }
            json.put(PATH_STYLE, store.pathStyle());
            if (store.login() != null) {
                json.put(ACCESS_KEY, store.login().accessKey());
            }
        }
        return json;
    }

    /** Adds the secret, if there is one. */
    static void seal(JsonFiles files, String name, SecretBox box, ObjectNode json) {
        JsonFiles.Store store = files.store();
        if (store != null && store.login() != null) {
            json.put(SEALED, box.seal(store.login().secretKey(), name));
        }
    }

    static JsonFiles read(JsonNode json, String name, SecretBox box) {
        JsonFiles.By by =
                json.has(BY) ? JsonFiles.By.valueOf(SubscriptionJson.upper(json.required(BY))) : JsonFiles.By.NOTHING;
        JsonFiles.Store store = json.has(PATH_STYLE)
                ? new JsonFiles.Store(
                        text(json, ENDPOINT),
                        text(json, REGION),
                        json.required(PATH_STYLE).booleanValue(),
                        json.has(SEALED)
                                ? new JsonFiles.Login(
                                        json.required(ACCESS_KEY).stringValue(),
                                        box.open(json.required(SEALED).stringValue(), name))
                                : null)
                : null;
        return new JsonFiles(
                json.required("path").stringValue(),
                Duration.ofMillis(json.required("every_ms").longValue()),
                json.required("size").longValue(),
                JsonFiles.Compression.valueOf(SubscriptionJson.upper(json.required("compression"))),
                by,
                store);
    }

    private static @Nullable String text(JsonNode json, String member) {
        return json.has(member) ? json.get(member).stringValue() : null;
    }
}
