package io.leat.job.wire;

import io.leat.core.Compared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** The parts our types are made of, on the wire. Texts may hold any characters and have any length. */
final class Wire {

    private Wire() {}

    static void text(String text, DataOutputView out) throws IOException {
        StringValue.writeString(text, out);
    }

    static String text(DataInputView in) throws IOException {
        return StringValue.readString(in);
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
