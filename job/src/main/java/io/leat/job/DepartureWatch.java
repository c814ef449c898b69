package io.leat.job;

import io.leat.core.CrawlEnded;
import io.leat.core.Departures;
import io.leat.core.Evidence;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Rules;
import io.leat.core.Ruling;
import io.leat.core.Survey;
import io.leat.format.Sites;
import io.leat.job.wire.ItemSerializer;
import io.leat.job.wire.KnownCell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for keys of this task that stopped appearing, once event time has come to it: walks over all keys when a survey is
 * due. Items that one could find gone before they came wait for it; who waits is part of every checkpoint. Used by the
 * task's thread.
 */
final class DepartureWatch {

    /** While so many wait, further ones do not: a survey may then miss that their key was gone. */
    private static final int MOST_WAITING = 500_000;

    private final Departures departures;
    private final Sites sites;
    private final ListStateDescriptor<Item> aheadDescriptor = aheadDescriptor();
    private final ListState<Item> ahead;
    private final ListState<Long> clockState;
    private final ListState<Long> momentsState;
    private final ListState<Tuple3<String, Long, Long>> endsState;
    private final Map<String, Long> waiting = new HashMap<>();
    private final TreeMap<Long, TreeSet<String>> queue = new TreeMap<>();
    private int count;
    private volatile long pending;
    private Position occasion;

    private DepartureWatch(Feed feed, Rules.Gone rule, StateInitializationContext context) throws Exception {
        departures = new Departures(rule, feed.rules().expireAfter());
        sites = new Sites(rule);
        occasion = new Position(feed.source().topic(), 0, 0);
        ahead = context.getKeyedStateStore().getListState(aheadDescriptor);
        OperatorStateStore store = context.getOperatorStateStore();
        clockState = store.getUnionListState(new ListStateDescriptor<>("departure-clock", LongSerializer.INSTANCE));
        momentsState = store.getUnionListState(new ListStateDescriptor<>("survey-moments", LongSerializer.INSTANCE));
        endsState = store.getUnionListState(
                new ListStateDescriptor<>("crawl-ends", Types.TUPLE(Types.STRING, Types.LONG, Types.LONG)));
        List<CrawlEnded> open = new ArrayList<>();
        for (Tuple3<String, Long, Long> end : endsState.get()) {
            open.add(new CrawlEnded(end.f0, end.f1, end.f2));
        }
        List<Long> moments = new ArrayList<>();
        momentsState.get().forEach(moments::add);
        for (long part : clockState.get()) {
            departures.restore(part, moments, open);
        }
    }

    /** @return {@code null} if the feed tells of no key that it is gone */
    static @Nullable DepartureWatch restore(Feed feed, StateInitializationContext context) throws Exception {
        Rules.Gone rule = feed.rules().gone();
        return rule == null ? null : new DepartureWatch(feed, rule, context);
    }

    private static ListStateDescriptor<Item> aheadDescriptor() {
        return new ListStateDescriptor<>("ahead", new ItemSerializer());
    }

    /** Decides whoever waited in a feed that tells of no key any more that it is gone. */
    static void letAllGo(Owner owner) throws Exception {
        ListStateDescriptor<Item> descriptor = aheadDescriptor();
        List<String> keys = new ArrayList<>();
        owner.backend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        descriptor,
                        (String key, ListState<Item> items) -> keys.add(key));
        keys.sort(Comparator.naturalOrder());
        ListState<Item> ahead = owner.backend()
                .getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
        for (String key : keys) {
            owner.backend().setCurrentKey(key);
            for (Item item : ahead.get()) {
                owner.decide(item);
            }
            ahead.clear();
        }
    }

    /** The keys of the task, and what becomes of them. */
    interface Owner {

        KeyedStateBackend<String> backend();

        ValueStateDescriptor<KnownCell> known();

        /** What was known of the current key when what is read now came for the first time. */
        @Nullable
        Known asOfReading(Known known) throws Exception;

        /** A survey finds the current key gone; whether it was made before, and the log knows of it. */
        boolean goneAgain(long at) throws Exception;

        /** What a survey makes of the current key. */
        void goneAt(String key, long at, Position occasion) throws Exception;

        /** An item that is read whole: who waits may wait for another feed file. */
        Item read(Item item);

        /** Decides an item of the current key that need not wait any more. */
        void decide(Item item) throws Exception;
    }

    /** Who waits according to the checkpoint; asked again once event time goes on. */
    void open(Owner owner) throws Exception {
        owner.backend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        aheadDescriptor,
                        (String key, ListState<Item> items) -> {
                            List<Item> all = new ArrayList<>();
                            items.get().forEach(all::add);
                            if (!all.isEmpty()) {
                                count += all.size();
                                enqueue(key, departures.clock());
                            }
                        });
    }

    /**
     * An item is there that is not decided yet.
     *
     * @param cell what is known of its key
     * @return whether it is done with for now: it waits, or tells of a crawl's end
     */
    boolean takes(Item item, @Nullable KnownCell cell, Owner owner) throws Exception {
        occasion = item.source();
        if (item.ruling() == Ruling.CRAWL_ENDED) {
            departures.crawlEnded(CrawlMarks.of(item));
            return true;
        }
        boolean isScrape = item.ruling() == Ruling.NONE;
        if (isScrape) {
            departures.saw(item.eventTime());
        }
        report();
        if (waiting.isEmpty() || !waiting.containsKey(item.key())) {
            long until = isScrape && count < MOST_WAITING ? until(item, cell, owner) : Evidence.UNKNOWN;
            if (until == Evidence.UNKNOWN) {
                return false;
            }
            enqueue(item.key(), until);
        }
        ahead.add(owner.read(item));
        count++;
        report();
        return true;
    }

    private long until(Item item, @Nullable KnownCell cell, Owner owner) throws Exception {
        return item.ruling() == Ruling.NONE && departures.isAhead(item.eventTime())
                ? departures.waitsFor(cell == null ? null : owner.asOfReading(cell.known()), item.eventTime())
                : Evidence.UNKNOWN;
    }

    private void enqueue(String key, long until) {
        waiting.put(key, until);
        queue.computeIfAbsent(until, any -> new TreeSet<>()).add(key);
    }

    /**
     * Event time goes on; what is due by then is told, and who waited for it goes.
     *
     * @param time up to when everything has come, microseconds since 1970
     */
    void advance(long time, Owner owner) throws Exception {
        Survey survey;
        do {
            survey = departures.advance(time);
            if (survey != null) {
                make(survey, owner);
            }
            while (!queue.isEmpty() && queue.firstKey() <= departures.clock()) {
                for (String key : queue.pollFirstEntry().getValue()) {
                    waiting.remove(key);
                    letGo(key, owner);
                }
            }
        } while (survey != null);
        report();
    }

    private void letGo(String key, Owner owner) throws Exception {
        owner.backend().setCurrentKey(key);
        ValueState<KnownCell> known = owner.backend()
                .getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, owner.known());
        List<Item> left = new ArrayList<>();
        long until = Evidence.UNKNOWN;
        for (Item item : ahead.get()) {
            if (left.isEmpty()) {
                until = until(item, known.value(), owner);
            }
            if (until == Evidence.UNKNOWN) {
                count--;
                owner.decide(item);
            } else {
                left.add(item);
            }
        }
        ahead.update(left);
        if (!left.isEmpty()) {
            enqueue(key, until);
        }
    }

    private record Found(String key, long at) {}

    private interface Look {
        void at(String key, Known known) throws Exception;
    }

    private static void walk(Owner owner, Look look) throws Exception {
        owner.backend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        owner.known(),
                        (String key, ValueState<KnownCell> state) -> {
                            KnownCell cell = state.value();
                            if (cell != null) {
                                look.at(key, cell.known());
                            }
                        });
    }

    /** Keys in a fixed order: what is told at one moment is told alike on every machine. */
    private void make(Survey survey, Owner owner) throws Exception {
        walk(owner, (key, known) -> {
            Known then = owner.asOfReading(known);
            if (then != null) {
                survey.count(then, sites.of(key));
            }
        });
        List<Found> found = new ArrayList<>();
        walk(owner, (key, known) -> {
            Known then = owner.asOfReading(known);
            Long at = then == null ? null : survey.goneAt(then, sites.of(key));
            if (at != null && !owner.goneAgain(at)) {
                found.add(new Found(key, at));
            }
        });
        found.sort(Comparator.comparing(Found::key));
        for (Found each : found) {
            owner.backend().setCurrentKey(each.key());
            owner.goneAt(each.key(), each.at(), occasion);
        }
    }

    /** How many items wait, and moments for event time to come; any thread may ask. */
    long pending() {
        return pending;
    }

    private void report() {
        pending = count + (long) departures.pendingMoments();
    }

    void snapshot() throws Exception {
        clockState.update(List.of(departures.clock()));
        momentsState.update(List.copyOf(departures.moments()));
        List<Tuple3<String, Long, Long>> open = new ArrayList<>();
        departures.open().forEach(end -> open.add(Tuple3.of(end.site(), end.started(), end.ended())));
        endsState.update(open);
    }
}
