package io.leat.app.kubernetes;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Kubernetes and the operators take, by kind, from {@code src/test/resources/kubernetes}; with every key refused that
 * they do not know. An API server drops such a key in silence, which no reader of a manifest foresees.
 */
final class ApiSchemas {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> CUSTOM = List.of(
            "FlinkDeployment",
            "Kafka",
            "KafkaNodePool",
            "KafkaTopic",
            "KafkaUser",
            "PodMonitor",
            "PrometheusRule",
            "ScaledObject");
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    private static final String OPEN = "x-kubernetes-preserve-unknown-fields";

    private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft7());
    private final Map<String, ObjectNode> schemas = new HashMap<>();
    private final boolean partial;

    private ApiSchemas(boolean partial) {
        this.partial = partial;
        ObjectNode core = read("core");
        ObjectNode definitions = (ObjectNode) close(core.get("definitions"));
        core.get("kinds")
                .properties()
                .forEach(kind -> schemas.put(
                        kind.getKey(),
                        JSON.createObjectNode()
                                .put("$ref", "#/definitions/" + kind.getValue().asString())
                                .set("definitions", definitions)));
        for (String kind : CUSTOM) {
            JsonNode file = read(kind);
            ObjectNode schema = (ObjectNode) close(file.get("schema"));
            ObjectNode properties = schema.withObject("properties");
            properties.set("metadata", JSON.createObjectNode().put("$ref", "#/definitions/" + META));
            for (String own : List.of("apiVersion", "kind")) {
                properties.set(own, JSON.createObjectNode().put("type", "string"));
            }
            schema.set("definitions", definitions);
            schemas.put(file.get("group").asString() + "/" + file.get("version").asString() + "/" + kind, schema);
        }
    }

    /** For whole objects. */
    static ApiSchemas whole() {
        return new ApiSchemas(false);
    }

    /** For patches, which need not say everything. */
    static ApiSchemas partial() {
        return new ApiSchemas(true);
    }

    /** What is wrong with an object; nothing if its server takes all of it. */
    List<String> problems(JsonNode object) {
        String kind = object.path("apiVersion").asString("") + "/"
                + object.path("kind").asString("");
        ObjectNode schema = schemas.get(kind);
        if (schema == null) {
            return List.of("no schema of " + kind + " is kept here");
        }
        Schema compiled = registry.getSchema(schema);
        String name = object.path("metadata").path("name").asString("?");
        return compiled.validate(object).stream()
                .map(Error::toString)
                .map(error -> kind + " " + name + ": " + error)
                .toList();
    }

    /** The dialect of Kubernetes as JSON Schema. */
    private JsonNode close(JsonNode node) {
        if (node instanceof ArrayNode list) {
            ArrayNode closed = JSON.createArrayNode();
            list.forEach(element -> closed.add(close(element)));
            return closed;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode closed = JSON.createObjectNode();
        object.properties().forEach(entry -> closed.set(entry.getKey(), close(entry.getValue())));
        if (partial && closed.path("required").isArray()) {
            closed.remove("required");
        }
        if (isNumberOrText(closed)) {
            closed.set(
                    "type", JSON.createArrayNode().add("string").add("integer").add("number"));
        } else if (closed.path("type").isString() && closed.path("nullable").asBoolean(partial)) {
            closed.set("type", JSON.createArrayNode().add(closed.get("type")).add("null"));
        }
        if (object.path("type").asString("").equals("object")
                && !closed.path(OPEN).asBoolean(false)
                && !closed.has("additionalProperties")) {
            closed.put("additionalProperties", false);
        }
        return closed;
    }

    private static boolean isNumberOrText(ObjectNode schema) {
        return schema.path("x-kubernetes-int-or-string").asBoolean(false)
                || schema.path("format").asString("").equals("int-or-string")
                || schema.path("format").asString("").equals("quantity");
    }

    private static ObjectNode read(String name) {
        try (InputStream file = ApiSchemas.class.getResourceAsStream("/kubernetes/" + name + ".json")) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(file, name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
