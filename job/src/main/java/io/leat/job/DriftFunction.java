package io.leat.job;

import io.leat.core.drift.DriftAlert;
import io.leat.core.drift.Drifts;
import io.leat.core.drift.Observation;
import io.leat.core.drift.Parts;
import io.leat.format.AlertJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Watches the fields of every site and tells when one drifts. There is one for the feed, off the way from scrape to change;
 * what it remembers stands in checkpoints, so after a restart it goes on counting and gives an alert the id it had.
 */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first observation
final class DriftFunction extends ProcessFunction<Observation, Tuple2<String, String>> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;
    private static final int LAYOUT = 2;

    private final String feed;

    private transient Drifts drifts;
    private transient ListState<byte[]> state;

    DriftFunction(String feed) {
        this.feed = feed;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        drifts = new Drifts();
        state = context.getOperatorStateStore()
                .getListState(
                        new ListStateDescriptor<>("drifts", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        for (byte[] remembered : state.get()) {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(remembered));
            int layout = in.readInt();
            if (layout > LAYOUT) {
                throw new IOException(
                        "what is known of drifts has layout %s, this build reads up to %s".formatted(layout, LAYOUT));
            }
            if (layout < LAYOUT) {
                continue; // an earlier one told absent from empty in nothing: what is usual is learned anew
            }
            drifts.pass(new Read(in));
        }
    }

    @Override
    public void processElement(Observation observation, Context context, Collector<Tuple2<String, String>> out) {
        for (DriftAlert alert : drifts.observe(observation)) {
            out.collect(Tuple2.of(AlertJson.id(alert), AlertJson.write(feed, alert)));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(LAYOUT);
        drifts.pass(new Write(out));
        state.update(List.of(bytes.toByteArray()));
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

    private record Read(DataInputStream in) implements Parts {

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
