package io.leat.app.webhook.model;

import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.Refusal;
import io.leat.delivery.Standing;
import io.leat.format.webhook.SubscriptionPatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.KafkaException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A sequence of orders by chance, and what came of it. */
final class Story {

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final SigningKey KEY = SigningKey.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=");
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private final World world;
    private final RandomGenerator random;
    private final Runnable brokerRestart;
    private final Map<String, Life> living = new TreeMap<>();
    private final List<Life> lives = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /** @param brokerRestart has the broker end and come again */
    Story(World world, RandomGenerator random, Runnable brokerRestart) {
        this.world = world;
        this.random = random;
        this.brokerRestart = brokerRestart;
    }

    /** What went wrong; empty if nothing did. */
    List<String> play(int steps) throws InterruptedException {
        try (World.Telling telling = world.new Telling(random())) {
            create("a");
            for (int step = 0; step < steps; step++) {
                step();
                if (random.nextInt(3) == 0) {
                    LockSupport.parkNanos(random.nextLong(Duration.ofMillis(150).toNanos()));
                }
            }
        }
        settle();
        living.keySet().stream().toList().forEach(this::delete);
        lives.forEach(life -> wrong.addAll(judge().wrong(life)));
        return wrong;
    }

    /** The orders that were given. */
    List<String> told() {
        return told;
    }

    private RandomGenerator random() {
        return new java.util.SplittableRandom(random.nextLong());
    }

    private Judge judge() {
        return new Judge(world.log.all());
    }

    private void step() {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        int dice = random.nextInt(100);
        if (dice < 3) {
            order("kill", world::kill);
        } else if (dice < 6) {
            order("rebalance", world::rebalance);
        } else if (!living.containsKey(name)) {
            create(name);
        } else if (dice < 14) {
            delete(name);
            if (random.nextBoolean()) {
                create(name);
            }
        } else if (dice < 26) {
            pause(name);
        } else if (dice < 42) {
            resume(name);
        } else if (dice < 52) {
            gone(name);
        } else if (dice < 62) {
            move(name);
        } else if (dice < 72) {
            ask(name);
        } else if (dice < 76) {
            change(name, "rotate", () -> {
                world.desk.rotate(name);
                return true;
            });
        } else if (dice < 84) {
            replay(name);
        } else if (dice < 92) {
            giveUp(name);
        } else if (dice < 99) {
            redrive(name);
        } else {
            order("broker", brokerRestart);
        }
    }

    private void create(String name) {
        Subscription.From from = random.nextBoolean() ? Subscription.From.NOW : Subscription.From.EARLIEST;
        Subscription.CatchUp catchUp = random.nextInt(4) == 0 ? Subscription.CatchUp.LATEST : Subscription.CatchUp.ALL;
        boolean givesUp = random.nextInt(3) == 0;
        boolean batches = random.nextInt(4) == 0;
        Fact.Where where = where();
        Post.Mailbox box = world.post.open();
        Subscription subscription = new Subscription(
                name,
                box.url,
                List.of(KEY),
                where.text,
                List.of(),
                catchUp,
                from,
                batches ? new Subscription.Batch(5, Duration.ofMillis(20)) : Subscription.Batch.NONE,
                false,
                new Subscription.Limits(8, 0, Duration.ofSeconds(3), givesUp ? Duration.ZERO : Duration.ofDays(3)));
        long begun = System.nanoTime();
        order(
                "create %s %s %s %s%s%s"
                        .formatted(name, from, catchUp, where, givesUp ? " gives up" : "", batches ? " batches" : ""),
                () -> world.desk.create(subscription));
        Life life = new Life(name, from, catchUp, givesUp, where, box, new Life.Span(begun, System.nanoTime()));
        living.put(name, life);
        lives.add(life);
    }

    private Fact.Where where() {
        return Fact.Where.values()[random.nextInt(Fact.Where.values().length)];
    }

    private void delete(String name) {
        Life life = living.remove(name);
        boolean[] asked = {false};
        change(name, "delete", () -> {
            boolean again = asked[0];
            asked[0] = true;
            boolean settled = removed(name, again);
            life.deletedBy = settled ? System.nanoTime() : Life.NEVER;
            return settled;
        });
    }

    private boolean removed(String name, boolean again) {
        try {
            return world.desk.remove(name);
        } catch (Refusal refused) {
            if (again && refused.reason() == Refusal.Reason.UNKNOWN) {
                return false; // it was heard before, and not answered
            }
            throw refused;
        }
    }

    private void pause(String name) {
        if (change(name, "pause", () -> world.desk.pause(name).settled())) {
            life(name).silent(System.nanoTime());
        }
    }

    private void resume(String name) {
        life(name).speaks(System.nanoTime());
        change(name, "resume", () -> world.desk.resume(name).settled());
    }

    private void ask(String name) {
        Fact.Where where = where();
        ObjectNode patch = JsonNodeFactory.instance.objectNode().put("where", where.text);
        long begun = System.nanoTime();
        boolean settled = change(name, "where " + where, () -> world.desk
                .update(name, subscription -> SubscriptionPatch.apply(patch, subscription))
                .settled());
        life(name).asks(where, new Life.Span(begun, settled ? System.nanoTime() : Life.NEVER));
    }

    private void move(String name) {
        Post.Mailbox box = world.post.open();
        Life life = life(name);
        boolean settled =
                change(name, "move", () -> world.desk.move(name, box.url).settled());
        life.moved(box, settled ? System.nanoTime() : Life.NEVER);
    }

    private void replay(String name) {
        List<Fact> facts = world.log.all();
        int back = random.nextBoolean() ? 0 : random.nextInt(Math.min(40, facts.size()));
        long since = facts.get(facts.size() - 1 - back).timestamp();
        change(name, "replay", () -> {
            life(name).replays.add(new Life.Replay(System.nanoTime(), since));
            return world.desk.replay(name, since).settled();
        });
    }

    /** The endpoint is gone; as soon as that is known it comes back. */
    private void gone(String name) {
        Life life = life(name);
        life.box().answer(410);
        boolean known = !life.isSilent()
                && happens(() -> world.desk.get(name).state() == Standing.State.DISABLED, Duration.ofSeconds(1));
        told.add(name + " gone, known: " + known);
        life.box().answer(200);
        resume(name);
    }

    private void giveUp(String name) {
        life(name).box().answer(500);
        LockSupport.parkNanos(random.nextLong(Duration.ofMillis(400).toNanos()));
        life(name).box().answer(200);
        told.add(name + " failed");
        if (!life(name).isSilent()) {
            resume(name);
        }
    }

    private void redrive(String name) {
        change(name, "redrive", () -> {
            try {
                told.add(world.desk.redrive(name, false, () -> true).toString());
            } catch (Refusal refused) {
                told.add(refused.reason().name());
            }
            return true;
        });
    }

    private Life life(String name) {
        return living.get(name);
    }

    private boolean change(String name, String what, BooleanSupplier change) {
        boolean[] settled = {false};
        order(what + " " + name, () -> untilAnswered(() -> settled[0] = change.getAsBoolean()));
        if (!settled[0]) {
            told.add("not settled");
        }
        return settled[0];
    }

    /** A broker that is away is no answer: then a client asks again. */
    private void untilAnswered(Runnable order) {
        boolean answered = happens(
                () -> {
                    try {
                        order.run();
                        return true;
                    } catch (KafkaException e) {
                        told.add("no answer: " + e.getMessage());
                        return false;
                    }
                },
                PATIENCE);
        if (!answered) {
            throw new IllegalStateException("no order is answered");
        }
    }

    private void order(String what, Runnable order) {
        told.add(System.nanoTime() / 1_000_000 % 1_000_000 + " " + what);
        order.run();
    }

    /** Lets everything arrive that is owed. */
    private void settle() {
        living.forEach((name, life) -> {
            life.box().answer(200);
            resume(name);
            if (world.desk.get(name).state() != Standing.State.ACTIVE) {
                wrong.add(name + " is not active after it was resumed");
            }
        });
        Judge judge = judge();
        List<String> missing = new ArrayList<>();
        happens(
                () -> {
                    missing.clear();
                    living.forEach((name, life) -> missing.addAll(judge.missing(life, lying(name), System.nanoTime())));
                    return missing.isEmpty();
                },
                PATIENCE);
        wrong.addAll(missing);
        living.forEach((name, life) -> wrong.addAll(judge.inherited(life, lying(name))));
    }

    private Set<String> lying(String name) {
        return new HashSet<>(world.desk.undelivered(name));
    }

    private static boolean happens(BooleanSupplier condition, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }
}
