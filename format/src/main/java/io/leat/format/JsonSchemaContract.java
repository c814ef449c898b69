package io.leat.format;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import io.leat.format.json.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A contract checked by a general JSON Schema validator: draft 2020-12 where the schema names none, formats asserted.
 * References outside the document are not followed: nothing ever leaves the machine.
 */
public final class JsonSchemaContract implements Contract {

    private final String version;
    private final Schema schema;

    private JsonSchemaContract(String version, Schema schema) {
        this.version = version;
        this.schema = schema;
    }

    /**
     * Compiles a schema.
     *
     * @throws IllegalArgumentException if it is not a JSON Schema that can be checked here; the message is a sentence
     */
    public static JsonSchemaContract compile(Feed.ContractSource source) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .failFast(true)
                .locale(Locale.ROOT)
                .pathType(PathType.JSON_POINTER)
                .preloadSchema(true)
                .build();
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaLoader(
                                loader -> loader.fetchRemoteResources(false).allow(JsonSchemaContract::isMetaSchema))
                        .schemaRegistryConfig(config));
        try {
            JsonNode document = Json.STRICT.readTree(source.schema());
            if (!document.isObject() && !document.isBoolean()) {
                throw new IllegalArgumentException("A JSON Schema is an object.");
            }
            Schema schema = registry.getSchema(document);
            String dialect = schema.getSchemaContext().getDialect().getId();
            List<Error> errors = registry.getSchema(SchemaLocation.of(dialect)).validate(document);
            if (!errors.isEmpty()) {
                throw new IllegalArgumentException(sentence(errors.get(0)));
            }
            schema.initializeValidators();
            return new JsonSchemaContract(source.version(), schema);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The schema is not well-formed JSON: " + e.getOriginalMessage(), e);
        } catch (com.networknt.schema.SchemaException e) {
            throw new IllegalArgumentException("The schema cannot be used: " + e.getMessage(), e);
        }
    }

    /** The schemas of schemas come with the validator; they are all that may be loaded. */
    private static boolean isMetaSchema(AbsoluteIri iri) {
        return iri.toString().startsWith("https://json-schema.org/")
                || iri.toString().startsWith("http://json-schema.org/");
    }

    private static String sentence(Error error) {
        String place = error.getInstanceLocation().toString();
        return "At %s: %s.".formatted(place.isEmpty() ? "the top" : place, Quote.shorten(error.getMessage()));
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public @Nullable Refusal broken(Document rec) {
        return broken(Json.OWN.readTree(rec.source()));
    }

    @Nullable
    Refusal broken(JsonNode rec) {
        List<Error> errors = schema.validate(rec);
        if (errors.isEmpty()) {
            return null;
        }
        Error first = errors.get(0);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < first.getInstanceLocation().getNameCount(); i++) {
            names.add(String.valueOf(first.getInstanceLocation().getElement(i)));
        }
        String property = first.getProperty();
        if (property != null) {
            names.add(property);
        }
        String field = names.isEmpty() ? "" : new FieldPath(names).toString();
        JsonNode found = first.getInstanceNode();
        return new Refusal(
                Code.CONTRACT_BROKEN,
                field,
                "%s: %s%s"
                        .formatted(
                                first.getKeyword(),
                                Quote.shorten(first.getMessage()),
                                found == null || property != null ? "" : ", found " + Quote.of(found)),
                version);
    }
}
