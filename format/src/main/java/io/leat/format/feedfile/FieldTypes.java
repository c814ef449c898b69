package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.delivery.Postgres;
import io.leat.core.normalize.Normalization;
import io.leat.core.normalize.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a value of a change is in a database, by the feed's normalizers and contracts. What they do not say for sure, or say
 * differently, is {@code jsonb}, which holds anything.
 */
final class FieldTypes {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_REFERENCES = 16;

    /** What every change has, whatever the feed. */
    private static final Map<String, Postgres.Type> MEMBERS = Map.ofEntries(
            Map.entry("id", Postgres.Type.TEXT),
            Map.entry("feed", Postgres.Type.TEXT),
            Map.entry("op", Postgres.Type.TEXT),
            Map.entry("tie", Postgres.Type.TEXT),
            Map.entry("contract", Postgres.Type.TEXT),
            Map.entry("seq", Postgres.Type.BIGINT),
            Map.entry("unchanged", Postgres.Type.BIGINT),
            Map.entry("event_time", Postgres.Type.TIMESTAMPTZ),
            Map.entry("first_seen", Postgres.Type.TIMESTAMPTZ),
            Map.entry("last_seen", Postgres.Type.TIMESTAMPTZ),
            Map.entry("source.topic", Postgres.Type.TEXT),
            Map.entry("source.partition", Postgres.Type.INTEGER),
            Map.entry("source.offset", Postgres.Type.BIGINT));

    private static final Set<String> ITEMS = Set.of("after", "before");

    /** What a change may begin with besides. */
    private static final Set<String> OTHERS =
            Set.of("after", "before", "key", "changed", "source", "average", "reset", "scraped");

    private final List<Feed.KeyPart> key;
    private final List<Normalization> normalize;
    private final List<JsonNode> schemas = new ArrayList<>();

    FieldTypes(List<Feed.KeyPart> key, List<Normalization> normalize, List<Feed.ContractSource> contracts) {
        this.key = List.copyOf(key);
        this.normalize = List.copyOf(normalize);
        for (Feed.ContractSource contract : contracts) {
            try {
                schemas.add(JSON.readTree(contract.schema()));
            } catch (JacksonException e) {
                schemas.add(JSON.createObjectNode()); // told where contracts are read
            }
        }
    }

    /** The type of what stands at a path of the change; {@code null} if no change has such a member. */
    Postgres.@Nullable Type of(FieldPath from) {
        String first = from.names().get(0);
        Postgres.Type known = MEMBERS.get(from.toString());
        if (known != null) {
            return known;
        }
        if (!OTHERS.contains(first)) {
            return null;
        }
        if (ITEMS.contains(first) && from.names().size() > 1) {
            return ofItem(new FieldPath(from.names().subList(1, from.names().size())));
        }
        return first.equals("key") && from.names().size() == 2
                ? ofKey(from.names().get(1))
                : Postgres.Type.JSONB;
    }

    private Postgres.Type ofKey(String place) {
        for (int i = 0; i < key.size(); i++) {
            if (place.equals(Integer.toString(i)) && key.get(i) instanceof Feed.KeyPart.Field field) {
                return ofItem(field.path());
            }
        }
        return Postgres.Type.JSONB;
    }

    /** The type of a field of the item. */
    Postgres.Type ofItem(FieldPath field) {
        for (Normalization one : normalize) {
            Postgres.Type normal = normal(one, field);
            if (normal != null) {
                return normal;
            }
        }
        Postgres.Type agreed = null;
        for (JsonNode schema : schemas) {
            Postgres.Type type = ofSchema(schema, field);
            if (agreed != null && type != agreed) {
                return Postgres.Type.JSONB;
            }
            agreed = type;
        }
        return agreed == null ? Postgres.Type.JSONB : agreed;
    }

    private static Postgres.@Nullable Type normal(Normalization one, FieldPath field) {
        Normalizer as = one.as();
        if (as instanceof Normalizer.OfMoney money && field.equals(money.currency())) {
            return Postgres.Type.TEXT;
        }
        if (as instanceof Normalizer.OfUnitPrice price
                && (field.equals(price.currency()) || field.equals(price.unit()))) {
            return Postgres.Type.TEXT;
        }
        if (!field.equals(one.field())) {
            return null;
        }
        if (as instanceof Normalizer.OfBoolean) {
            return Postgres.Type.BOOLEAN;
        }
        if (as instanceof Normalizer.OfTimestamp) {
            return Postgres.Type.TIMESTAMPTZ;
        }
        boolean number = as instanceof Normalizer.OfMoney
                || as instanceof Normalizer.OfNumber
                || as instanceof Normalizer.OfUnitPrice;
        return number ? Postgres.Type.NUMERIC : Postgres.Type.TEXT;
    }

    private static Postgres.Type ofSchema(JsonNode schema, FieldPath field) {
        JsonNode at = resolved(schema, schema);
        for (String name : field.names()) {
            at = resolved(schema, at.path("properties").path(name));
        }
        Set<Postgres.Type> types = EnumSet.noneOf(Postgres.Type.class);
        JsonNode type = at.path("type");
        for (JsonNode word : type.isArray() ? type : JSON.createArrayNode().add(type)) {
            if (!word.isString()) {
                return Postgres.Type.JSONB;
            }
            switch (word.stringValue()) {
                case "null" -> {}
                case "number" -> types.add(Postgres.Type.NUMERIC);
                case "integer" -> types.add(Postgres.Type.BIGINT);
                case "boolean" -> types.add(Postgres.Type.BOOLEAN);
                case "string" ->
                    types.add(
                            at.path("format").asString("").equals("date-time")
                                    ? Postgres.Type.TIMESTAMPTZ
                                    : Postgres.Type.TEXT);
                default -> types.add(Postgres.Type.JSONB);
            }
        }
        return types.size() == 1 ? types.iterator().next() : Postgres.Type.JSONB;
    }

    /** Follows references within the document. */
    private static JsonNode resolved(JsonNode schema, JsonNode at) {
        JsonNode now = at;
        for (int i = 0; i < MOST_REFERENCES && now.path("$ref").isString(); i++) {
            String ref = now.path("$ref").stringValue();
            if (!ref.startsWith("#/")) {
                return JSON.missingNode();
            }
            now = schema.at(ref.substring(1));
        }
        return now;
    }
}
