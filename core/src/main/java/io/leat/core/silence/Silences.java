package io.leat.core.silence;

import io.leat.core.drift.Parts;
import io.leat.core.silence.SiteAlert.Kind;
import io.leat.core.silence.SiteAlert.State;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches how often each site sends, and tells when one falls silent. The same records and looks in the same order give the
 * same alerts on every machine. Time is that of the broker, in milliseconds since 1970: of a record, when it was taken; of
 * a look, a moment up to which everything was read. While that is not known nothing is judged, so a stopped job, a pause and
 * a backlog are nobody's silence. For one thread.
 *
 * <p>Limit: {@value #MOST_SITES} sites; what comes beyond them is not watched.
 */
public final class Silences {

    /** Of what is remembered, as it is written now. */
    public static final int LAYOUT = 3;

    static final int MOST_SITES = 1_000;
    /** Looks further apart than this were interrupted by something: a restart, a pause, a backlog. */
    private static final long STANDSTILL = 15_000;

    /** A record is younger than this when a look comes that nothing holds up. */
    private static final long LOOK_EVERY = 1_500;

    /** Clocks that are further apart cannot be told from a feed that stood still. */
    private static final long MOST_AHEAD = 300_000;

    private static final long LEAST_GRACE = 30_000;
    private static final int GRACE_SHARE = 10;

    private final Expected expected;
    private final Map<String, Site> sites = new TreeMap<>();
    private long looked = Site.NEVER;
    private long newest = Site.NEVER;
    private long ahead = Long.MAX_VALUE;
    private long caughtUp;
    /** The longest time without a look, of those that have not been lived down, and when it was over. */
    private long pause;

    private long pauseEnded;
    private boolean isRestored;
    /** When the last record came before nothing came from anybody; {@link Site#NEVER} while something comes. */
    private long intakeSince = Site.NEVER;

    /**
     * What is declared.
     *
     * @param all how often each site sends at least, milliseconds; {@code null} if that is to be learned
     * @param some the same of some sites
     */
    public record Expected(@Nullable Long all, Map<String, Long> some) implements Serializable {
        /** Everything is learned. */
        public static final Expected NOTHING = new Expected(null, Map.of());

        public Expected {
            some = Map.copyOf(some);
        }

        @Nullable
        Long of(String site) {
            Long own = some.get(site);
            return own == null ? all : own;
        }
    }

    public Silences(Expected expected) {
        this.expected = expected;
    }

    /** A record of a site was taken by the broker. */
    public List<SiteAlert> saw(String name, long at) {
        return saw(name, at, 1, 0);
    }

    /**
     * Records of a site were taken by the broker, all at one moment.
     *
     * @param refused how many of them were
     */
    public List<SiteAlert> saw(String name, long at, long records, long refused) {
        Site site = sites.get(name);
        if (site == null) {
            if (sites.size() >= MOST_SITES) {
                return List.of();
            }
            site = new Site();
            sites.put(name, site);
        }
        newest = Math.max(newest, at);
        List<SiteAlert> alerts = new ArrayList<>(0);
        if (intakeSince != Site.NEVER && at > intakeSince) {
            alerts.add(new SiteAlert(Kind.INTAKE, "", State.OVER, intakeSince, at, at - intakeSince, 0, 0));
            intakeSince = Site.NEVER;
            sites.values().forEach(each -> each.begin(at));
        }
        long since = site.last();
        long gap = site.saw(at, records, refused);
        if (gap >= 0) {
            alerts.add(new SiteAlert(Kind.SILENCE, name, State.OVER, since, at, gap, 0, 0));
        }
        return alerts;
    }

    /** The records that came of a site had so many bytes. */
    public void weighs(String name, long bytes) {
        Site site = sites.get(name);
        if (site != null) {
            site.weighs(bytes);
        }
    }

    /**
     * Everything that the broker took before a moment was read.
     *
     * @param moment by the clock of whoever asked the broker, which may differ from the broker's by minutes
     */
    public List<SiteAlert> look(long moment) {
        long now = byTheBroker(moment);
        if (looked == Site.NEVER ? isRestored : now - looked > STANDSTILL) {
            caughtUp = now;
        }
        long since = looked == Site.NEVER ? 0 : now - looked;
        if (since >= pause || now - pauseEnded >= LEAST_GRACE) {
            pause = since;
            pauseEnded = now;
        }
        looked = now;
        List<SiteAlert> alerts = new ArrayList<>(0);
        if (intakeSince == Site.NEVER) {
            sites.forEach((name, site) -> judge(name, site, now, alerts));
        }
        sites.forEach((name, site) -> volume(name, site, now, alerts));
        return alerts;
    }

    /** A record that was taken a moment ago shows how far the clocks are apart; one from long ago shows nothing. */
    private long byTheBroker(long moment) {
        if (newest != Site.NEVER) {
            ahead = Math.min(ahead, moment - newest);
        }
        return ahead <= MOST_AHEAD ? moment - ahead : moment;
    }

    private void judge(String name, Site site, long now, List<SiteAlert> alerts) {
        Long declared = expected.of(name);
        long limit = site.limit(now, declared);
        long silent = site.silent(now);
        if (intakeSince != Site.NEVER || limit == Site.NEVER || silent <= limit || site.isToldAsWorse()) {
            return;
        }
        boolean isWorse = silent > Site.WORSE * limit;
        if ((site.isTold() && !isWorse)
                || now - caughtUp < Math.max(LEAST_GRACE, limit / GRACE_SHARE)
                || isAfterPause(limit, now)) {
            return;
        }
        if (!site.isTold() && isEverybodySilent(name, now, limit)) {
            tellIntake(now, limit, alerts);
            return;
        }
        State state = site.isTold() ? State.WORSE : State.STARTED;
        site.tell(state == State.WORSE);
        alerts.add(new SiteAlert(Kind.SILENCE, name, state, site.last(), now, silent, limit, 0));
    }

    /**
     * Whether nobody looked lately for so long that a site with this limit may have had no way to send: the broker was out, or
     * this process stood still.
     */
    private boolean isAfterPause(long limit, long now) {
        return pause > limit - LOOK_EVERY && now - pauseEnded < LEAST_GRACE;
    }

    /** Whether somebody else would surely have sent meanwhile, and nobody has. */
    private boolean isEverybodySilent(String name, long now, long limit) {
        boolean hasWitness = false;
        for (Map.Entry<String, Site> other : sites.entrySet()) {
            if (other.getKey().equals(name)) {
                continue;
            }
            Site site = other.getValue();
            Long declared = expected.of(other.getKey());
            if (site.silent(now) <= limit / 2) {
                return false;
            }
            hasWitness |=
                    site.limit(now, declared) != Site.NEVER && !site.isTold() && site.usual(now, declared) < limit / 2;
        }
        return hasWitness;
    }

    private void tellIntake(long now, long limit, List<SiteAlert> alerts) {
        long last = sites.values().stream().mapToLong(Site::last).max().orElse(now);
        sites.forEach((name, site) -> {
            if (site.isTold() && last - site.last() <= limit) {
                alerts.add(new SiteAlert(Kind.SILENCE, name, State.OVER, site.last(), now, site.silent(now), limit, 0));
                site.untell();
            }
        });
        intakeSince = last;
        alerts.add(new SiteAlert(Kind.INTAKE, "", State.STARTED, last, now, now - last, limit, 0));
    }

    private void volume(String name, Site site, long now, List<SiteAlert> alerts) {
        Long declared = expected.of(name);
        boolean isQuiet = intakeSince != Site.NEVER
                || site.isTold()
                || now - caughtUp < LEAST_GRACE
                || site.silent(now) > site.usual(now, declared);
        Volume.Finding found = site.volume.look(now, isQuiet);
        if (found != null) {
            alerts.add(new SiteAlert(
                    found.isDrop() ? Kind.DROP : Kind.SURGE,
                    name,
                    found.isOver() ? State.OVER : State.STARTED,
                    found.since(),
                    now,
                    found.count(),
                    found.expected(),
                    found.span()));
        }
    }

    /**
     * A person says that a gap of a site is usual, while it is told of or after it; of any other nothing happens.
     *
     * @param since when the last record came before it, as its alert says
     */
    public void accept(String name, long since) {
        Site site = sites.get(name);
        if (site != null) {
            site.accept(since);
        }
    }

    /** What is known of each site, up to {@link #looked}; nothing before the first look. */
    public Map<String, SiteFigure> figures() {
        Map<String, SiteFigure> figures = new TreeMap<>();
        if (looked != Site.NEVER) {
            sites.forEach((name, site) -> figures.put(name, site.figure(looked, expected.of(name))));
        }
        return figures;
    }

    /** The moment of the last look by the broker's clock; {@link Long#MIN_VALUE} before the first. */
    public long looked() {
        return looked;
    }

    /** How many alerts are open, by the word of their kind; of kinds that are watched, also 0. */
    public Map<String, Long> open() {
        Map<String, Long> open = new TreeMap<>();
        open.put("silence", sites.values().stream().filter(Site::isTold).count());
        open.put("intake", intakeSince == Site.NEVER ? 0L : 1L);
        open.put(
                "drop",
                sites.values().stream().filter(site -> site.volume.isTold(true)).count());
        open.put(
                "surge",
                sites.values().stream()
                        .filter(site -> site.volume.isTold(false))
                        .count());
        return open;
    }

    /**
     * Takes all that is remembered from {@code parts}; after that nothing is judged before it has caught up.
     *
     * @param layout of what is remembered, at most {@link #LAYOUT}
     */
    public void restore(Parts parts, int layout) {
        isRestored = true;
        pass(parts, layout);
    }

    /** Gives all that is remembered to {@code parts}. */
    public void pass(Parts parts) {
        pass(parts, LAYOUT);
    }

    private void pass(Parts parts, int layout) {
        intakeSince = parts.whole(intakeSince);
        List<String> names = new ArrayList<>(sites.keySet());
        long count = parts.whole(names.size());
        for (int i = 0; i < count; i++) {
            sites.computeIfAbsent(parts.text(i < names.size() ? names.get(i) : ""), name -> new Site())
                    .pass(parts, layout);
        }
    }
}
