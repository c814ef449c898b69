package io.leat.app.dlq;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dead letter for programs: nothing of it is lost, bytes that are no text are in base 64. */
public final class LetterJson {

    private LetterJson() {}

    /** The members of the letter's object. */
    public static Map<String, Object> members(Letter letter) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", letter.id());
        members.put("topic", letter.topic());
        members.put("partition", letter.partition());
        members.put("offset", letter.offset());
        members.put("time", letter.at().toString());
        members.put("code", letter.code());
        members.put("field", letter.field());
        members.put("message", letter.message());
        members.put("contract", letter.contract());
        bytes(members, "key", letter.key());
        bytes(members, "value", letter.value());
        List<Map<String, Object>> headers = new ArrayList<>();
        letter.headers().forEach(header -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", header.key());
            bytes(one, "value", header.value());
            headers.add(one);
        });
        members.put("headers", headers);
        return members;
    }

    /** Under its name as text, or under its name and {@code _base64} if it is none. */
    private static void bytes(Map<String, Object> members, String name, byte @Nullable [] bytes) {
        String text = bytes == null ? null : text(bytes);
        if (bytes == null || text != null) {
            members.put(name, text);
        } else {
            members.put(name + "_base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** Bytes as text, {@code null} if they are not UTF-8. */
    public static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
