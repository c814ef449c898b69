package io.leat.app.webhook.model;

import io.leat.core.delivery.Subscription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what came against what was asked for, knowing nothing of how deliveries are made. */
final class Judge {

    private final Map<String, Fact> facts = new HashMap<>();
    private final List<Fact> told;
    private final List<Troubles> troubles;

    Judge(List<Fact> told, List<Troubles> troubles) {
        this.told = told;
        this.troubles = troubles;
        told.forEach(fact -> facts.put(fact.id(), fact));
    }

    private record Came(Post.Arrival arrival, Fact fact) {}

    private List<Came> came(Life life) {
        List<Came> came = new ArrayList<>();
        for (Life.Address address : life.addresses) {
            for (Post.Arrival arrival : address.box().arrivals()) {
                Fact fact = facts.get(arrival.id());
                if (fact != null) {
                    came.add(new Came(arrival, fact));
                }
            }
        }
        came.sort(Comparator.comparingLong(one -> one.arrival().at()));
        return came;
    }

    /** What came that should not have, or not then. */
    List<String> wrong(Life life) {
        List<String> wrong = new ArrayList<>();
        for (Life.Address address : life.addresses) {
            for (Post.Arrival arrival : address.box().arrivals()) {
                if (arrival.at() > address.until()) {
                    wrong.add(life.name + ": " + arrival.id() + " went to an address it had moved from");
                }
            }
        }
        for (Came one : came(life)) {
            String id = one.fact().id();
            long at = one.arrival().at();
            if (at > life.deletedBy) {
                wrong.add(life.name + ": " + id + " came after it was deleted");
            }
            if (life.silences.stream().anyMatch(silence -> silence.contains(at)) || at > life.silentSince) {
                wrong.add(life.name + ": " + id + " came while it was paused");
            }
            if (life.terms.stream()
                    .noneMatch(terms -> terms.mayHoldIn(at, at) && terms.where().asksFor(one.fact()))) {
                wrong.add(life.name + ": " + id + " came, which its terms did not ask for");
            }
            if (!mayGet(life, one)) {
                wrong.add(life.name + ": " + id + " came, which was told before it was made");
            }
        }
        wrong.addAll(disorder(life));
        wrong.addAll(repeated(life));
        return wrong;
    }

    private static boolean mayGet(Life life, Came one) {
        return life.from == Subscription.From.EARLIEST
                || one.fact().toldBy() >= life.made.from()
                || life.replays.stream()
                        .anyMatch(replay -> replay.begun() <= one.arrival().at()
                                && replay.sinceMillis() <= one.fact().timestamp());
    }

    /** The changes of one key in one delivery: the offsets of the oldest and of the newest so far. */
    private record Part(long at, long oldest, Fact newest) {}

    /**
     * A key goes back only when it is replayed, or when its letters are sent again: behind what was taken only if that was
     * asked for. What was refused last may come again, of a batch all that it had of the key. Within a delivery every change
     * is newer than the one before.
     */
    private List<String> disorder(Life life) {
        List<String> wrong = new ArrayList<>();
        Map<String, Part> last = new HashMap<>();
        Map<String, Long> taken = new HashMap<>();
        Map<String, Integer> allowed = new HashMap<>();
        for (Came one : came(life)) {
            String key = one.fact().key();
            long at = one.arrival().at();
            long offset = one.fact().offset();
            Part before = last.get(key);
            boolean sameDelivery = before != null && before.at() == at;
            boolean goesBack =
                    before != null && (sameDelivery ? offset <= before.newest().offset() : offset < before.oldest());
            if (goesBack && isLetter(life, one, taken.getOrDefault(key, -1L))) {
                continue;
            }
            last.put(key, new Part(at, sameDelivery ? before.oldest() : offset, one.fact()));
            if (goesBack) {
                long replays = life.replays.stream()
                        .filter(replay -> replay.begun() <= at)
                        .count();
                if (allowed.merge(key, 1, Integer::sum) > replays) {
                    wrong.add(life.name + ": " + one.fact().id() + " came after the newer "
                            + before.newest().id());
                }
            }
            if (one.arrival().isTaken()) {
                taken.put(key, offset);
            }
        }
        return wrong;
    }

    private static boolean isLetter(Life life, Came one, long newestTaken) {
        long at = one.arrival().at();
        return life.redrives.stream()
                .anyMatch(redrive -> redrive.order().contains(at)
                        && (redrive.older() || one.fact().offset() > newestTaken));
    }

    /**
     * What was taken comes again only if it is replayed, or if who delivered it may have ended before noting the answer. What
     * had been refused before may lie among the letters though it was taken later.
     */
    private List<String> repeated(Life life) {
        List<String> wrong = new ArrayList<>();
        Set<String> refused = new HashSet<>();
        Map<String, Long> takenAt = new HashMap<>();
        for (Came one : came(life)) {
            String id = one.fact().id();
            long at = one.arrival().at();
            Long before = takenAt.get(id);
            if (before != null && !mayComeAgain(life, before, at, refused.contains(id))) {
                wrong.add(life.name + ": " + id + " came again, which had been taken");
            }
            if (one.arrival().isTaken()) {
                takenAt.put(id, at);
            } else {
                refused.add(id);
            }
        }
        return wrong;
    }

    private boolean mayComeAgain(Life life, long taken, long again, boolean wasRefused) {
        return troubles.stream().anyMatch(trouble -> trouble.between(taken, again))
                || life.replays.stream().anyMatch(replay -> replay.begun() <= again && taken <= replay.by())
                || (wasRefused
                        && life.redrives.stream()
                                .anyMatch(redrive -> redrive.order().meets(taken, again)));
    }

    /** What should have come and did not, and does not lie with what was given up. */
    List<String> missing(Life life, Set<String> lying, long now) {
        List<String> missing = new ArrayList<>();
        Set<String> taken = new HashSet<>(lying);
        List<Came> came = came(life);
        came.stream()
                .filter(one -> one.arrival().isTaken())
                .forEach(one -> taken.add(one.fact().id()));
        for (Fact fact : told) {
            boolean inTime = life.from == Subscription.From.EARLIEST || fact.toldFrom() > life.made.to();
            long since = Math.max(fact.toldFrom(), life.made.from());
            if (inTime && isOwed(life, fact, since, now) && !taken.contains(fact.id())) {
                missing.add(life.name + ": " + fact.id() + " did not come");
            }
        }
        for (Life.Replay replay : life.replays) {
            Set<String> again = new HashSet<>(lying);
            came.stream()
                    .filter(one -> one.arrival().isTaken() && one.arrival().at() >= replay.begun())
                    .forEach(one -> again.add(one.fact().id()));
            for (Fact fact : told) {
                if (fact.timestamp() >= replay.sinceMillis()
                        && isOwed(life, fact, Math.max(fact.toldFrom(), replay.begun()), now)
                        && !again.contains(fact.id())) {
                    missing.add(life.name + ": " + fact.id() + " was not replayed");
                }
            }
        }
        return missing;
    }

    private boolean isOwed(Life life, Fact fact, long since, long now) {
        boolean always = life.terms.stream()
                .filter(terms -> terms.mayHoldIn(since, now))
                .allMatch(terms -> terms.where().asksFor(fact));
        return always && (life.catchUp == Subscription.CatchUp.ALL || isNewest(life, fact, now));
    }

    /** Whether nothing later of its key could have taken its place. */
    private boolean isNewest(Life life, Fact fact, long now) {
        return told.stream()
                .filter(later -> later.key().equals(fact.key()) && later.offset() > fact.offset())
                .noneMatch(later -> life.terms.stream()
                        .anyMatch(terms -> terms.mayHoldIn(later.toldFrom(), now)
                                && terms.where().asksFor(later)));
    }

    /** Letters that lie for it though it never was told of them: they are another's. */
    List<String> inherited(Life life, Set<String> lying) {
        Set<String> tried = new HashSet<>();
        life.addresses.forEach(address -> address.box().arrivals().forEach(one -> tried.add(one.id())));
        return lying.stream()
                .filter(id -> !tried.contains(id))
                .map(id -> life.name + ": " + id + " lies there and was never tried")
                .toList();
    }
}
