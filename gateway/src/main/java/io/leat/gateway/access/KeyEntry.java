package io.leat.gateway.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is stored of a key. Moments are milliseconds since 1970.
 *
 * @param id names it
 * @param client whose it is
 * @param hash of its secret
 * @param expires 0 for never
 * @param revoked 0 while it has not been
 */
public record KeyEntry(
        String id, String client, String hash, List<Scope.Grant> grants, long created, long expires, long revoked) {

    private static final JsonMapper JSON = new JsonMapper();

    public KeyEntry {
        grants = List.copyOf(grants);
    }

    /** Whether it opens anything at this moment. */
    public boolean isGood(long now) {
        return revoked == 0 && (expires == 0 || now < expires);
    }

    /** The same key, of no use from this moment. */
    public KeyEntry revokedAt(long now) {
        return new KeyEntry(id, client, hash, grants, created, expires, now);
    }

    byte[] write() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", id);
        members.put("client", client);
        members.put("hash", hash);
        members.put("scopes", grants.stream().map(Scope.Grant::toString).toList());
        members.put("created", created);
        members.put("expires", expires);
        members.put("revoked", revoked);
        return JSON.writeValueAsBytes(members);
    }

    /** Reads what {@link #write} wrote; {@code null} if it is none. */
    static @Nullable KeyEntry read(byte[] value) {
        try {
            JsonNode node = JSON.readTree(value);
            List<Scope.Grant> grants = new ArrayList<>();
            node.required("scopes").forEach(text -> grants.add(Scope.Grant.parse(text.stringValue())));
            return new KeyEntry(
                    node.required("id").stringValue(),
                    node.required("client").stringValue(),
                    node.required("hash").stringValue(),
                    grants.stream().filter(Objects::nonNull).toList(),
                    node.required("created").longValue(),
                    node.required("expires").longValue(),
                    node.required("revoked").longValue());
        } catch (JacksonException e) {
            return null;
        }
    }
}
