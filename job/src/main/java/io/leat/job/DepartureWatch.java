package io.leat.job;

import io.leat.core.Changes;
import io.leat.core.CrawlEnded;
import io.leat.core.Decision;
import io.leat.core.Departures;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Rules;
import io.leat.core.Survey;
import io.leat.format.Sites;
import io.leat.job.wire.KnownCell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for keys of this task that stopped appearing, driven by the event times of the records it takes: no clock, no
 * watermark. Walks over all keys when a survey is due. Used by the task's thread.
 */
final class DepartureWatch {

    private final Departures departures;
    private final Sites sites;
    private final ListState<Long> clockState;
    private final ListState<Tuple3<String, Long, Long>> endsState;

    private DepartureWatch(Feed feed, Rules.Gone rule, OperatorStateStore store) throws Exception {
        departures = new Departures(rule);
        sites = new Sites(feed, rule);
        clockState = store.getUnionListState(new ListStateDescriptor<>("departure-clock", LongSerializer.INSTANCE));
        endsState = store.getUnionListState(
                new ListStateDescriptor<>("crawl-ends", Types.TUPLE(Types.STRING, Types.LONG, Types.LONG)));
        List<CrawlEnded> open = new ArrayList<>();
        for (Tuple3<String, Long, Long> end : endsState.get()) {
            open.add(new CrawlEnded(end.f0, end.f1, end.f2));
        }
        for (long part : clockState.get()) {
            departures.restore(part, open);
        }
    }

    /** @return {@code null} if the feed tells of no key that it is gone */
    static @Nullable DepartureWatch restore(Feed feed, OperatorStateStore store) throws Exception {
        Rules.Gone rule = feed.rules().gone();
        return rule == null ? null : new DepartureWatch(feed, rule, store);
    }

    /** Takes what is told. */
    interface Teller {
        /**
         * A key is told as gone.
         *
         * @param before what was known of it
         */
        void tell(String key, Known before, Decision.Told told) throws Exception;
    }

    /** The keys of the task. */
    record Keys(
            KeyedStateBackend<String> backend, ValueStateDescriptor<KnownCell> known, Changes changes, Teller teller) {}

    void crawlEnded(CrawlEnded end) {
        departures.crawlEnded(end);
    }

    /** The clock goes on to an item that is not decided yet; what is due by then is told first. */
    void advance(Item item, Keys keys) throws Exception {
        for (Survey survey : departures.advance(item.eventTime())) {
            walk(keys, (key, known) -> survey.count(known, sites.of(key)));
            tell(keys, item.source(), survey);
        }
    }

    private record Found(String key, long at) {}

    private interface Look {
        void at(String key, Known known) throws Exception;
    }

    private static void walk(Keys keys, Look look) throws Exception {
        keys.backend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        keys.known(),
                        (String key, ValueState<KnownCell> state) -> {
                            KnownCell cell = state.value();
                            if (cell != null) {
                                look.at(key, cell.known());
                            }
                        });
    }

    /** Keys in a fixed order: what is told at one moment is told alike on every machine. */
    private void tell(Keys keys, Position source, Survey survey) throws Exception {
        List<Found> found = new ArrayList<>();
        walk(keys, (key, known) -> {
            Long at = survey.goneAt(known, sites.of(key));
            if (at != null) {
                found.add(new Found(key, at));
            }
        });
        found.sort(Comparator.comparing(Found::key));
        for (Found each : found) {
            keys.backend().setCurrentKey(each.key());
            ValueState<KnownCell> state = keys.backend()
                    .getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, keys.known());
            Known before = state.value().known();
            Decision.Told told = keys.changes().gone(before, each.key(), each.at(), source);
            if (told != null) {
                state.update(new KnownCell(told.next()));
                keys.teller().tell(each.key(), before, told);
            }
        }
    }

    void snapshot() throws Exception {
        clockState.update(List.of(departures.clock()));
        List<Tuple3<String, Long, Long>> open = new ArrayList<>();
        departures.open().forEach(end -> open.add(Tuple3.of(end.site(), end.started(), end.ended())));
        endsState.update(open);
    }
}
