package io.leat.job;

import io.leat.core.drift.Parts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What a watch remembers, as bytes: the number of its layout, then its parts. */
final class StateParts {

    private StateParts() {}

    static byte[] write(int layout, Consumer<Parts> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(layout);
        parts.accept(new Write(out));
        return bytes.toByteArray();
    }

    /** For {@link Read}; begins with the layout. */
    static DataInputStream in(byte[] remembered) {
        return new DataInputStream(new ByteArrayInputStream(remembered));
    }

    private record Write(DataOutputStream out) implements Parts {

        @Override
        public double number(double value) {
            return write(value, () -> out.writeDouble(value));
        }

        @Override
        public long whole(long value) {
            return write(value, () -> out.writeLong(value));
        }

        @Override
        public String text(String value) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            return write(value, () -> {
                out.writeInt(utf8.length);
                out.write(utf8);
            });
        }

        private interface Writing {
            void write() throws IOException;
        }

        private static <T> T write(T value, Writing writing) {
            try {
                writing.write();
                return value;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    record Read(DataInputStream in) implements Parts {

        @Override
        public double number(double value) {
            return read(in::readDouble);
        }

        @Override
        public long whole(long value) {
            return read(in::readLong);
        }

        @Override
        public String text(String value) {
            return read(() -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
        }

        private interface Reading<T> {
            T read() throws IOException;
        }

        private static <T> T read(Reading<T> reading) {
            try {
                return reading.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
