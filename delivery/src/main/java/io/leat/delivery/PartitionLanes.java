package io.leat.delivery;

import io.leat.core.delivery.Webhook;
import io.leat.delivery.lane.Cursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of one partition: what the shared read brings goes to those that are at its head. For the office's thread. */
final class PartitionLanes {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionLanes.class);
    private static final long OPEN_AGAIN_MILLIS = 1_000;

    private final Office office;
    private final int partition;
    private final Map<String, ClientLane> lanes = new HashMap<>();
    private long head;
    private volatile boolean missing;

    PartitionLanes(Office office, int partition, long head) {
        this.office = office;
        this.partition = partition;
        this.head = head;
    }

    /**
     * Brings the lanes in line with the subscriptions there are now. A lane whose subscription has changed in any way makes
     * room for another once what it has begun is over, so that nothing is delivered on terms that no longer hold.
     *
     * @return the subscriptions that need a lane and have none
     */
    List<Standing> follow(Map<String, Standing> all) {
        List<Standing> without = new ArrayList<>();
        for (ClientLane lane : lanes()) {
            Standing now = all.get(lane.name());
            if (now == null || !now.id().equals(lane.standing().id())) {
                close(lane);
            }
        }
        for (Standing now : all.values()) {
            ClientLane lane = lanes.get(now.subscription().name());
            if (lane == null) {
                without.add(now);
            } else if (lane.standing().revision() != now.revision() && lane.leave()) {
                close(lane);
                if (lane.standing().start().epoch() == now.start().epoch()) {
                    open(now, lane.cursor(), lane.standing().revision());
                } else {
                    without.add(now);
                }
            }
        }
        return without;
    }

    /** Whether a lane has to be asked again to {@link #follow}. */
    boolean isLeaving() {
        return lanes.values().stream().anyMatch(ClientLane::isLeaving);
    }

    /**
     * Opens a lane.
     *
     * @param from how far the client is
     * @param followed the revision of the subscription that this was committed under
     */
    void open(Standing standing, Cursor from, long followed) {
        ClientLane lane;
        try {
            lane = standing.subscription().sink() instanceof Webhook
                    ? new WebhookLane(office, partition, standing, from, followed)
                    : new BatchLane(office, partition, standing, from);
        } catch (IllegalArgumentException e) {
            disable(standing, "it cannot be served: " + e.getMessage());
            return;
        }
        lanes.put(lane.name(), lane);
        lane.safely(() -> {
            join(lane);
            lane.commit(true);
            lane.pump();
        });
        closeBroken();
    }

    /** What was let in once and is no condition or address any more is its subscription's trouble, and is told to its client. */
    private void disable(Standing standing, String reason) {
        String name = standing.subscription().name();
        LOG.error("Subscription {} is disabled: {}", name, reason);
        if (standing.state() != Standing.State.DISABLED) {
            office.disable().disable(standing, reason);
        }
    }

    private void close(ClientLane lane) {
        lanes.remove(lane.name());
        lane.close();
    }

    private void join(ClientLane lane) {
        lane.setAtHead(lane.next() >= head);
    }

    /**
     * The shared read has gone on.
     *
     * @param position where it stands now: markers of transactions have a place and no record
     */
    void arrived(List<Told> changes, long position) {
        head = Math.max(head, position);
        for (ClientLane lane : lanes.values()) {
            if (lane.isAtHead()) {
                lane.safely(() -> give(lane, changes, position));
            }
        }
        closeBroken();
    }

    private static void give(ClientLane lane, List<Told> changes, long position) {
        int held = lane.held();
        lane.setAtHead(takeAll(lane, changes));
        if (lane.isAtHead()) {
            lane.reached(position);
        }
        if (lane.held() != held || !lane.isAtHead()) {
            lane.pump();
        }
    }

    private void closeBroken() {
        for (ClientLane lane : lanes()) {
            if (lane.isBroken()) {
                lane.close();
                lanes.remove(lane.name());
                office.later(OPEN_AGAIN_MILLIS, () -> missing = true);
            }
        }
    }

    /** Whether a lane that failed is to be opened again; asked once. From any thread. */
    boolean misses() {
        boolean answer = missing;
        missing = false;
        return answer;
    }

    /** A lane that is behind has read on by itself. */
    void chunk(ClientLane lane, List<Told> changes, long position) {
        lane.chunkCame();
        if (lane.isClosed()) {
            return;
        }
        lane.safely(() -> {
            if (takeAll(lane, changes)) {
                lane.reached(position);
            }
            join(lane);
            lane.pump();
        });
        closeBroken();
    }

    private static boolean takeAll(ClientLane lane, List<Told> changes) {
        for (Told told : changes) {
            if (!lane.take(told)) {
                return false;
            }
        }
        return true;
    }

    /** Commits how far lanes are that only uninteresting changes went by, and again what would expire. */
    void commitIdle() {
        lanes.values().forEach(lane -> lane.safely(() -> lane.commit(true)));
        closeBroken();
    }

    void stop() {
        lanes.values().forEach(ClientLane::stop);
    }

    /** Whether nothing is under way. */
    boolean isIdle() {
        return lanes.values().stream().allMatch(ClientLane::isIdle);
    }

    void close() {
        lanes.values().forEach(ClientLane::close);
    }

    int partition() {
        return partition;
    }

    List<ClientLane> lanes() {
        return List.copyOf(lanes.values());
    }
}
