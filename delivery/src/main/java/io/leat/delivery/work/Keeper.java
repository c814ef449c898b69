package io.leat.delivery.work;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;

/**
 * Keeps long-lived work at work, each piece on a thread of its own. Work that fails is dead until it is started again,
 * first after a second, then after pauses that double up to half a minute; what died, and how often, is told by name.
 * Thread-safe.
 */
public final class Keeper {

    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toMillis();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toMillis();

    private final Map<String, Kept> all = new ConcurrentHashMap<>();
    private final LongUnaryOperator pauses;

    public Keeper() {
        this(deaths -> Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(deaths - 1, 10)));
    }

    /** @param pauses milliseconds before work is started again that has died so often in a row */
    Keeper(LongUnaryOperator pauses) {
        this.pauses = pauses;
    }

    /** Work without an end of its own. */
    public interface Work {

        /** Works until the thread is interrupted or the work is told to end; to return before that is to die. */
        void run() throws InterruptedException;
    }

    /**
     * How kept work stands.
     *
     * @param alive whether it runs now
     * @param deaths how often it has died
     */
    public record State(boolean alive, long deaths) {}

    /**
     * Starts work and keeps it at work until it is told to end.
     *
     * @param name of the thread, and of the work in checks, figures and the log; work that has ended gives it free
     */
    public Kept keep(String name, Work work) {
        Kept kept = new Kept(name, work, pauses, all::remove);
        if (all.putIfAbsent(name, kept) != null) {
            throw new IllegalStateException("there is work of the name " + name + " already");
        }
        kept.start();
        return kept;
    }

    /** All kept work by name. */
    public Map<String, State> states() {
        Map<String, State> states = new TreeMap<>();
        all.forEach((name, kept) -> states.put(name, kept.state()));
        return states;
    }

    /** The names of what is dead at the moment. */
    public List<String> dead() {
        return states().entrySet().stream()
                .filter(entry -> !entry.getValue().alive())
                .map(Map.Entry::getKey)
                .toList();
    }
}
