package io.leat.job;

import io.leat.core.Disorder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.MetricGroup;

/**
 * How long the records of each source have to wait, as far as this subtask has seen them. Used by the task's thread;
 * metric reporters read it from theirs.
 */
final class LearnedBounds {

    /** Further sources share one bound. */
    private static final int MOST_SOURCES = 1_000;

    private static final int LONGEST_LABEL = 80;

    private final Map<String, Disorder> sources = new ConcurrentHashMap<>();
    private final MetricGroup metrics;
    private final ListState<Tuple2<String, long[]>> state;

    private LearnedBounds(MetricGroup metrics, ListState<Tuple2<String, long[]>> state) {
        this.metrics = metrics;
        this.state = state;
    }

    static LearnedBounds restore(MetricGroup metrics, OperatorStateStore store) throws Exception {
        ListState<Tuple2<String, long[]>> state = store.getListState(new ListStateDescriptor<>(
                "disorder", Types.TUPLE(Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO)));
        LearnedBounds bounds = new LearnedBounds(metrics, state);
        for (Tuple2<String, long[]> source : state.get()) {
            bounds.put(source.f0, Disorder.of(source.f1));
        }
        return bounds;
    }

    /** The disorder of the source that a key belongs to. */
    Disorder of(String key) {
        String source = Disorder.sourceOf(key);
        Disorder known = sources.get(source);
        if (known != null) {
            return known;
        }
        return sources.size() < MOST_SOURCES || source.equals(Disorder.THE_REST)
                ? put(source, new Disorder())
                : of(Disorder.THE_REST);
    }

    private Disorder put(String source, Disorder disorder) {
        if (sources.put(source, disorder) == null) {
            metrics.addGroup(FeedMetrics.SOURCE, label(source))
                    .gauge(FeedMetrics.WAIT, () -> sources.getOrDefault(source, disorder)
                            .bound());
        }
        return disorder;
    }

    /**
     * A source as a label: what scrapes say goes to reporters of every kind, so that of any other sign than those of usual
     * names nothing is left but a number that tells the source apart.
     */
    static String label(String source) {
        StringBuilder label = new StringBuilder();
        for (int i = 0; i < source.length() && i < LONGEST_LABEL; i++) {
            char c = source.charAt(i);
            label.append(isUsual(c) ? c : '_');
        }
        return label.toString().equals(source)
                ? source
                : label.append('_').append(Integer.toHexString(source.hashCode())).toString();
    }

    private static boolean isUsual(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    }

    /** The longest wait of any source, milliseconds. */
    long longest() {
        return sources.values().stream().mapToLong(Disorder::bound).max().orElse(Disorder.FIRST_BOUND);
    }

    void snapshot() throws Exception {
        state.clear();
        for (Map.Entry<String, Disorder> source : sources.entrySet()) {
            state.add(Tuple2.of(source.getKey(), source.getValue().counts()));
        }
    }
}
