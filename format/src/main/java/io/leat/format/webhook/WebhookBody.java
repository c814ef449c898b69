package io.leat.format.webhook;

import io.leat.core.FieldPath;
import io.leat.format.ChangeJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a delivery holds: {@code type}, {@code timestamp} and {@code data}, as Standard Webhooks wants it. */
public final class WebhookBody {

    private static final List<String> ALWAYS = List.of("id", "feed", "key", "seq", "op");

    private WebhookBody() {}

    /**
     * The body for one change.
     *
     * @param change as it stands in the log
     * @param op {@code new}, {@code update}, …
     * @param time the event time, RFC 3339
     */
    public static byte[] single(byte[] change, String op, String time) {
        return concat(head("change." + op, time), change, "}");
    }

    /** The body for several changes, in the order of the log. */
    public static byte[] batch(List<byte[]> changes, String time) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(utf8(head("change.batch", time)));
        for (int i = 0; i < changes.size(); i++) {
            out.write(i == 0 ? '[' : ',');
            out.writeBytes(changes.get(i));
        }
        out.writeBytes(utf8("]}"));
        return out.toByteArray();
    }

    /** The id of a delivery of several changes: the same for the same changes. */
    public static String batchId(List<String> ids) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(utf8(String.join(" ", ids)));
            return "batch_"
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(hash)
                            .substring(0, 26);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * A change with these fields only, and those that say which change it is; every value is spelled as in the log.
     *
     * @param change as {@link ChangeJson#tree} reads it
     */
    public static byte[] select(JsonNode change, List<FieldPath> fields) {
        ObjectNode selected = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        ALWAYS.forEach(name -> {
            JsonNode value = change.get(name);
            if (value != null) {
                selected.set(name, value);
            }
        });
        fields.forEach(path -> copy(change, selected, path.names()));
        return utf8(ChangeJson.text(selected));
    }

    private static void copy(JsonNode from, ObjectNode to, List<String> names) {
        JsonNode value = from.get(names.get(0));
        if (value == null) {
            return;
        }
        if (names.size() == 1) {
            to.set(names.get(0), value);
        } else if (value.isObject()) {
            JsonNode inner = to.get(names.get(0));
            copy(
                    value,
                    inner instanceof ObjectNode object ? object : to.putObject(names.get(0)),
                    names.subList(1, names.size()));
        } else {
            to.set(names.get(0), value);
        }
    }

    /** The same bytes compressed. */
    public static byte[] gzip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2 + 64);
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String head(String type, String time) {
        return "{\"type\":\"" + type + "\",\"timestamp\":\"" + time + "\",\"data\":";
    }

    private static byte[] concat(String before, byte[] middle, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(before.length() + middle.length + after.length());
        out.writeBytes(utf8(before));
        out.writeBytes(middle);
        out.writeBytes(utf8(after));
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
