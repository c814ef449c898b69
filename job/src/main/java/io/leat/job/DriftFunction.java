package io.leat.job;

import io.leat.core.drift.DriftAlert;
import io.leat.core.drift.Drifts;
import io.leat.format.AlertJson;
import java.io.DataInputStream;
import java.io.IOException;
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
@SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first stretch
final class DriftFunction extends ProcessFunction<Stretch, Tuple2<String, String>> implements CheckpointedFunction {

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
            DataInputStream in = StateParts.in(remembered);
            int layout = in.readInt();
            if (layout > LAYOUT) {
                throw new IOException(
                        "what is known of drifts has layout %s, this build reads up to %s".formatted(layout, LAYOUT));
            }
            if (layout < LAYOUT) {
                continue; // an earlier one told absent from empty in nothing: what is usual is learned anew
            }
            drifts.pass(new StateParts.Read(in));
        }
    }

    @Override
    public void processElement(Stretch stretch, Context context, Collector<Tuple2<String, String>> out) {
        int end;
        for (int place = 0; place < stretch.looks(); place = end) {
            end = stretch.endOfLook(place);
            for (DriftAlert alert : drifts.observe(stretch.look(place), stretch.times(), place, end)) {
                out.collect(Tuple2.of(AlertJson.id(alert), AlertJson.write(feed, alert)));
            }
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(List.of(StateParts.write(LAYOUT, drifts::pass)));
    }
}
