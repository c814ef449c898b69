package io.leat.format.contract;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.DefaultDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Limits;
import io.leat.core.Refusal.Code;
import io.leat.format.json.Document;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.ObjectNode;

/** A contract checked by a general validator over a tree. Its patterns take their steps from the same store as ours. */
final class LibraryContract implements Contract {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.WIDEST.depth() + 8)
                            .maxNumberLength(Limits.WIDEST.number() + 8)
                            .maxNameLength(4 * Limits.WIDEST.name())
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> BOUNDS = Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");
    private static final Set<String> VALUES = Set.of("const", "enum", "default", "examples");
    private static final int SHOWN = 80;

    private final String version;
    private final Schema schema;
    private final Steps steps;

    private LibraryContract(String version, Schema schema, Steps steps) {
        this.version = version;
        this.schema = schema;
        this.steps = steps;
    }

    /**
     * Compiles a schema.
     *
     * @param others schemas by their address, for references that lead out of the document
     * @param asserts whether formats are asserted or but remarks
     * @throws IllegalArgumentException if it is not a JSON Schema that can be checked here; the message is a sentence
     */
    static LibraryContract compile(Feed.ContractSource source, Map<String, String> others, boolean asserts) {
        Steps steps = new Steps();
        steps.refill(Limits.WIDEST.bytes()); // the schema of schemas has patterns too
        SchemaRegistry registry = registry(others, asserts, steps);
        try {
            JsonNode document = JSON.readTree(source.schema());
            if (!document.isObject() && !document.isBoolean()) {
                throw new IllegalArgumentException("A JSON Schema is an object.");
            }
            widen(document);
            Schema schema = registry.getSchema(document);
            String dialect = schema.getSchemaContext().getDialect().getId();
            List<Error> errors = registry.getSchema(SchemaLocation.of(dialect)).validate(document);
            if (!errors.isEmpty()) {
                throw new IllegalArgumentException(sentence(errors.get(0)));
            }
            schema.initializeValidators();
            return new LibraryContract(source.version(), schema, steps);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("It is not well-formed JSON: " + e.getOriginalMessage() + place(e), e);
        } catch (com.networknt.schema.SchemaException e) {
            throw new IllegalArgumentException("It is no schema: " + reason(e), e);
        }
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? "."
                : ", in line %s, column %s."
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    /** The validator's words, without the names of its classes. */
    private static String reason(com.networknt.schema.SchemaException e) {
        String message = String.valueOf(e.getMessage())
                .replaceAll("(?:[a-z]\\w*\\.)+[A-Z]\\w*: ?", "")
                .strip();
        return message.endsWith(".") ? message : message + ".";
    }

    /** Whole bounds are compared in 64 bits, which a longer number breaks; as decimals they are compared exactly. */
    private static void widen(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                JsonNode value = member.getValue();
                if (BOUNDS.contains(member.getKey()) && value.isIntegralNumber()) {
                    member.setValue(DecimalNode.valueOf(new BigDecimal(value.bigIntegerValue())));
                } else if (!VALUES.contains(member.getKey())) {
                    widen(value);
                }
            }
        } else {
            schema.forEach(LibraryContract::widen);
        }
    }

    private static SchemaRegistry registry(Map<String, String> others, boolean asserts, Steps steps) {
        Dialect draft202012 = Dialect.builder(Dialects.getDraft202012())
                .formats(TextFormat.all())
                .build();
        Dialect draft7 =
                Dialect.builder(Dialects.getDraft7()).formats(TextFormat.all()).build();
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(asserts)
                .failFast(true)
                .locale(Locale.ROOT)
                .pathType(PathType.JSON_POINTER)
                .preloadSchema(true)
                .regularExpressionFactory(pattern -> TextPattern.of(pattern, steps)::isFoundIn)
                .build();
        return SchemaRegistry.withDefaultDialect(draft202012, builder -> builder.dialectRegistry(
                        new DefaultDialectRegistry(List.of(draft202012, draft7)))
                .schemaLoader(loader -> loader.resourceLoaders(in -> in.resources(others))
                        .fetchRemoteResources(false)
                        .allow(iri -> others.containsKey(iri.toString()) || isMetaSchema(iri)))
                .schemaRegistryConfig(config));
    }

    /** The schemas of schemas come with the validator; but for those handed in they are all that may be loaded. */
    private static boolean isMetaSchema(AbsoluteIri iri) {
        return iri.toString().startsWith("https://json-schema.org/")
                || iri.toString().startsWith("http://json-schema.org/");
    }

    private static String sentence(Error error) {
        String place = error.getInstanceLocation().toString();
        String message = error.getMessage();
        return "At %s: %s."
                .formatted(
                        place.isEmpty() ? "the top" : place,
                        message.length() > SHOWN ? message.substring(0, SHOWN) + "…" : message);
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public boolean isCompiled() {
        return false;
    }

    @Override
    public @Nullable Breach broken(Document rec) {
        steps.refill(rec.source().length);
        try {
            List<Error> errors = schema.validate(JSON.readTree(rec.source()));
            return errors.isEmpty() ? null : breach(errors.get(0));
        } catch (Steps.Spent e) {
            return Trial.tooCostly();
        } catch (RuntimeException | StackOverflowError e) {
            String what = e.getClass().getSimpleName();
            return new Breach(Code.INTERNAL, "", "schema", "what the general validator can judge", what);
        }
    }

    private static Breach breach(Error error) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
            names.add(String.valueOf(error.getInstanceLocation().getElement(i)));
        }
        String property = error.getProperty();
        boolean isAbsent = property != null && error.getKeyword().equals("required");
        if (property != null) {
            names.add(property);
        }
        JsonNode found = error.getInstanceNode();
        return new Breach(
                Code.CONTRACT_BROKEN,
                names.isEmpty() ? "" : new FieldPath(names).toString(),
                error.getKeyword(),
                isAbsent ? "to be there" : "what the schema says (%s)".formatted(error.getMessage()),
                isAbsent || found == null ? "nothing" : found.toString());
    }
}
