package io.leat.bench.flinksink;

import io.leat.core.Changes;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.format.ChangeJson;
import io.leat.job.wire.KnownCell;
import io.leat.job.wire.KnownSerializer;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** The comparison every system does, on keyed state in memory; gives key and JSON of each change. */
@SuppressWarnings("NullAway.Init") // Flink calls open first
final class CompareFunction extends KeyedProcessFunction<String, Item, Tuple2<String, String>> {

    private static final long serialVersionUID = 1L;

    private final Feed feed;
    private transient Changes changes;
    private transient ValueState<KnownCell> known;

    CompareFunction(Feed feed) {
        this.feed = feed;
    }

    @Override
    public void open(OpenContext context) {
        changes = new Changes(feed);
        known = getRuntimeContext().getState(new ValueStateDescriptor<>("known", new KnownSerializer()));
    }

    @Override
    public void processElement(Item item, Context context, Collector<Tuple2<String, String>> out) throws IOException {
        KnownCell cell = known.value();
        Decision decision = changes.decide(cell == null ? null : cell.known(), item);
        if (decision instanceof Decision.Told told) {
            remember(cell, told.next());
            out.collect(Tuple2.of(item.key(), ChangeJson.write(feed.name(), told.change())));
        } else if (decision instanceof Decision.Unchanged same) {
            remember(cell, same.next());
        }
    }

    private void remember(@Nullable KnownCell cell, Known next) throws IOException {
        KnownCell kept = cell == null ? new KnownCell(next) : cell;
        kept.become(next);
        known.update(kept);
    }
}
