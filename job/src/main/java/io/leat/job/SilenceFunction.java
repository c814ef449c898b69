package io.leat.job;

import io.leat.core.silence.Silences;
import io.leat.core.silence.SiteAlert;
import io.leat.format.AlertJson;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Watches whether sites send, and tells when one falls silent. There is one for the feed, off the way from scrape to change.
 * It asks no clock: readers say, behind the records they read, up to when there was nothing more to read.
 */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first sign
final class SilenceFunction extends ProcessFunction<Tuple4<String, Long, Integer, Integer>, Tuple2<String, String>>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;
    private static final int LAYOUT = 1;

    private final String feed;
    private final Silences.Expected expected;

    private transient Silences silences;
    private transient ListState<byte[]> state;
    private transient Map<Integer, Long> heads;
    private transient volatile SiteFigures figures;

    SilenceFunction(String feed, Silences.Expected expected) {
        this.feed = feed;
        this.expected = expected;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        silences = new Silences(expected);
        heads = new HashMap<>();
        figures = SiteFigures.NONE;
        state = context.getOperatorStateStore()
                .getListState(
                        new ListStateDescriptor<>("silences", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        for (byte[] remembered : state.get()) {
            DataInputStream in = StateParts.in(remembered);
            int layout = in.readInt();
            if (layout != LAYOUT) {
                throw new IOException(
                        "what is known of silences has layout %s, this build reads %s".formatted(layout, LAYOUT));
            }
            silences.restore(new StateParts.Read(in));
        }
        getRuntimeContext().getMetricGroup().addGroup(FeedMetrics.GROUP).gauge(FeedMetrics.SITES, () -> figures);
    }

    @Override
    public void processElement(
            Tuple4<String, Long, Integer, Integer> sign, Context context, Collector<Tuple2<String, String>> out) {
        if (sign.f3 == 0) {
            tell(silences.saw(sign.f0, sign.f1), out);
            return;
        }
        heads.keySet().removeIf(reader -> reader >= sign.f3);
        heads.put(sign.f2, sign.f1);
        if (heads.size() == sign.f3) {
            long now = heads.values().stream().mapToLong(Long::longValue).min().orElseThrow();
            heads.clear();
            tell(silences.look(now), out);
            figures = figuresNow();
        }
    }

    private void tell(List<SiteAlert> alerts, Collector<Tuple2<String, String>> out) {
        for (SiteAlert alert : alerts) {
            out.collect(Tuple2.of(AlertJson.id(feed, alert), AlertJson.write(feed, alert)));
        }
    }

    private SiteFigures figuresNow() {
        Map<String, Long> records = new TreeMap<>();
        Map<String, Long> silent = new TreeMap<>();
        Map<String, Long> limits = new TreeMap<>();
        silences.records(records::put);
        silences.silent(silent::put);
        silences.limits(limits::put);
        return new SiteFigures(records, silent, limits, silences.open());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(List.of(StateParts.write(LAYOUT, silences::pass)));
    }
}
