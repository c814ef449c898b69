package io.leat.gateway.stream;

import io.leat.gateway.access.Caller;
import io.leat.gateway.http.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The open streams and whose they are. Thread-safe. */
final class OpenStreams {

    private final Limits limits;
    private final Map<String, Integer> admitted = new HashMap<>();
    private final Map<String, Set<ChangeStream>> open = new ConcurrentHashMap<>();
    private int count;

    OpenStreams(Limits limits) {
        this.limits = limits;
    }

    synchronized int count() {
        return count;
    }

    /** Whether one more may be opened. Whoever was admitted is released once. */
    synchronized boolean admit(Caller caller) {
        int mine = admitted.getOrDefault(caller.id(), 0);
        if (count >= limits.streams() || mine >= limits.streamsPerCaller()) {
            return false;
        }
        count++;
        admitted.put(caller.id(), mine + 1);
        return true;
    }

    /** A stream has ended. */
    void over(Caller caller, ChangeStream stream) {
        open.computeIfPresent(caller.id(), (id, mine) -> {
            mine.remove(stream);
            return mine.isEmpty() ? null : mine;
        });
        released(caller);
    }

    /** A stream that was admitted has ended, or never began. */
    synchronized void released(Caller caller) {
        count--;
        admitted.computeIfPresent(caller.id(), (id, mine) -> mine == 1 ? null : mine - 1);
    }

    void add(Caller caller, ChangeStream stream) {
        open.compute(caller.id(), (id, mine) -> {
            Set<ChangeStream> all = mine == null ? ConcurrentHashMap.newKeySet() : mine;
            all.add(stream);
            return all;
        });
    }

    /** Ends the streams of all callers but those who still may have them. */
    void closeUnless(Predicate<String> callers) {
        open.forEach((caller, streams) -> {
            if (!callers.test(caller)) {
                List.copyOf(streams).forEach(ChangeStream::close);
            }
        });
    }
}
