package io.leat.job;

import io.leat.core.silence.Silences;
import io.leat.core.silence.SiteAlert;
import io.leat.format.AlertJson;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Watches whether sites send, and tells when one falls silent. There is one for the feed, off the way from scrape to change.
 * It asks no clock: readers say, behind the records they read, up to when there was nothing more to read.
 */
@SuppressWarnings("NullAway.Init") // Flink calls initializeState before the first stretch
final class SilenceFunction extends ProcessFunction<Stretch, Tuple2<String, String>> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final String feed;
    private final Silences.Expected expected;

    private transient Silences silences;
    private transient ListState<byte[]> state;
    private transient Map<Integer, Long> heads;
    private transient SitesGauge figures;

    SilenceFunction(String feed, Silences.Expected expected) {
        this.feed = feed;
        this.expected = expected;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        silences = new Silences(expected);
        heads = new HashMap<>();
        figures = new SitesGauge();
        state = context.getOperatorStateStore()
                .getListState(
                        new ListStateDescriptor<>("silences", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        for (byte[] remembered : state.get()) {
            DataInputStream in = StateParts.in(remembered);
            int layout = in.readInt();
            if (layout < 1 || layout > Silences.LAYOUT) {
                throw new IOException("what is known of silences has layout %s, this build reads those up to %s"
                        .formatted(layout, Silences.LAYOUT));
            }
            silences.restore(new StateParts.Read(in), layout);
        }
        getRuntimeContext().getMetricGroup().addGroup(FeedMetrics.GROUP).gauge(FeedMetrics.SITES, figures);
    }

    @Override
    public void processElement(Stretch stretch, Context context, Collector<Tuple2<String, String>> out) {
        if (!stretch.isAtHead()) {
            for (int i = 0; i < stretch.moments(); i++) {
                long refused = i == 0 ? stretch.refused() : 0; // they are only counted
                tell(silences.saw(stretch.site(), stretch.moment(i), stretch.records(i), refused), out);
            }
            silences.weighs(stretch.site(), stretch.bytes());
            return;
        }
        heads.keySet().removeIf(reader -> reader >= stretch.readers());
        heads.put(stretch.reader(), stretch.moment(0));
        if (heads.size() == stretch.readers()) {
            long now = heads.values().stream().mapToLong(Long::longValue).min().orElseThrow();
            heads.clear();
            for (var each = figures.accepted().poll();
                    each != null;
                    each = figures.accepted().poll()) {
                silences.accept(each.site(), each.sinceMillis());
            }
            tell(silences.look(now), out);
            figures.show(new SiteFigures(silences.looked(), silences.figures(), silences.open()));
        }
    }

    private void tell(List<SiteAlert> alerts, Collector<Tuple2<String, String>> out) {
        for (SiteAlert alert : alerts) {
            out.collect(Tuple2.of(AlertJson.id(feed, alert), AlertJson.write(feed, alert)));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(List.of(StateParts.write(Silences.LAYOUT, silences::pass)));
    }
}
