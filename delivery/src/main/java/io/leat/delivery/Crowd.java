package io.leat.delivery;

import io.leat.delivery.lane.Traffic;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Lanes that would send more if others had fewer attempts open, in the order they asked. For the office's thread. */
final class Crowd {

    private final Traffic traffic;
    private final Set<ClientLane> waiting = new LinkedHashSet<>();

    Crowd(Traffic traffic) {
        this.traffic = traffic;
    }

    Traffic traffic() {
        return traffic;
    }

    void join(ClientLane lane) {
        waiting.add(lane);
    }

    /** An attempt has ended: whoever waits longest goes on. */
    void roomCame() {
        while (traffic.hasRoom() && !waiting.isEmpty()) {
            Iterator<ClientLane> first = waiting.iterator();
            ClientLane lane = first.next();
            first.remove();
            lane.pump();
        }
    }
}
