package io.leat.job.wire;

import io.leat.core.Compared;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** The parts our types are made of, on the wire. Texts may hold any characters and have any length. */
final class Wire {

    private Wire() {}

    /** Length and bytes at once: one byte a character where that holds them all, else two. */
    static void text(String text, DataOutputView out) throws IOException {
        if (isNarrow(text)) {
            byte[] narrow = text.getBytes(StandardCharsets.ISO_8859_1);
            out.writeInt(narrow.length << 1);
            out.write(narrow);
        } else {
            ByteBuffer wide = ByteBuffer.allocate(Character.BYTES * text.length());
            wide.asCharBuffer().put(text);
            out.writeInt(text.length() << 1 | 1);
            out.write(wide.array());
        }
    }

    private static boolean isNarrow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                return false;
            }
        }
        return true;
    }

    static String text(DataInputView in) throws IOException {
        int header = in.readInt();
        boolean isWide = (header & 1) == 1;
        byte[] bytes = new byte[(header >>> 1) * (isWide ? Character.BYTES : 1)];
        in.readFully(bytes);
        return isWide
                ? ByteBuffer.wrap(bytes).asCharBuffer().toString()
                : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static void bytes(byte @Nullable [] bytes, DataOutputView out) throws IOException {
        if (bytes == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    static byte @Nullable [] bytes(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static void compared(Compared compared, DataOutputView out) throws IOException {
        out.writeInt(compared.paths().size());
        for (int i = 0; i < compared.paths().size(); i++) {
            text(compared.paths().get(i), out);
            text(compared.values().get(i), out);
        }
    }

    /** Reads compared values as the first layout of the state has them. */
    static Compared comparedOfLayout1(DataInputView in, List<String> last) throws IOException {
        int size = in.readInt();
        List<String> paths = new ArrayList<>(size);
        List<String> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            paths.add(StringValue.readString(in));
            values.add(StringValue.readString(in));
        }
        return new Compared(paths.equals(last) ? last : paths, values);
    }

    /** Reads compared values; {@code last} are the paths read before, shared where they are the same again. */
    static Compared compared(DataInputView in, List<String> last) throws IOException {
        int size = in.readInt();
        List<String> paths = new ArrayList<>(size);
        List<String> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            paths.add(text(in));
            values.add(text(in));
        }
        return new Compared(paths.equals(last) ? last : paths, values);
    }
}
