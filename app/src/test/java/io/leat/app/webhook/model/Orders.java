package io.leat.app.webhook.model;

import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.delivery.Desk;
import io.leat.delivery.Refusal;
import io.leat.delivery.Standing;
import io.leat.format.feedfile.SinkLogin;
import io.leat.format.webhook.SubscriptionPatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.KafkaException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can be ordered, each order noted in the life of its subscription. A broker that is away is no answer: then it is
 * ordered again. For one thread.
 */
final class Orders {

    static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final SigningKey KEY = SigningKey.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=");
    /** The receiver answers at once: who waits for less sees a busy machine for a fault. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    final Map<String, Life> living = new TreeMap<>();
    final List<Life> lives = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    private final World world;
    private final Desk desk;
    private final RandomGenerator random;

    Orders(World world, RandomGenerator random) {
        this.world = world;
        this.desk = world.desk;
        this.random = random;
    }

    void create(String name) {
        Subscription.From from = random.nextBoolean() ? Subscription.From.NOW : Subscription.From.EARLIEST;
        Subscription.CatchUp catchUp = random.nextInt(4) == 0 ? Subscription.CatchUp.LATEST : Subscription.CatchUp.ALL;
        boolean givesUp = random.nextBoolean();
        boolean batches = random.nextInt(4) == 0;
        Fact.Where where = where();
        Post.Mailbox box = world.post.open();
        Subscription subscription = new Subscription(
                name,
                new Webhook(
                        box.url,
                        List.of(KEY),
                        batches ? new Webhook.Batch(5, Duration.ofMillis(20)) : Webhook.Batch.NONE,
                        false,
                        new Webhook.Limits(8, 0, TIMEOUT, givesUp ? Duration.ZERO : Duration.ofDays(3))),
                where.text,
                List.of(),
                catchUp,
                from);
        long begun = System.nanoTime();
        note("create %s %s %s %s%s%s"
                .formatted(name, from, catchUp, where, givesUp ? " gives up" : "", batches ? " batches" : ""));
        untilAnswered(unlessHeard(Refusal.Reason.EXISTS, () -> {
            desk.create(subscription);
            return true;
        }));
        Life life = new Life(name, from, catchUp, givesUp, where, box, new Life.Span(begun, System.nanoTime()));
        living.put(name, life);
        lives.add(life);
    }

    private Fact.Where where() {
        return Fact.Where.values()[random.nextInt(Fact.Where.values().length)];
    }

    void delete(String name) {
        Life life = living.remove(name);
        if (settled("delete " + name, unlessHeard(Refusal.Reason.UNKNOWN, () -> desk.remove(name)))) {
            life.deletedBy = System.nanoTime();
        }
    }

    /** An order that was heard though it was not answered is refused when it is given again. */
    private static BooleanSupplier unlessHeard(Refusal.Reason refusedThen, BooleanSupplier order) {
        boolean[] asked = {false};
        return () -> {
            boolean again = asked[0];
            asked[0] = true;
            try {
                return order.getAsBoolean();
            } catch (Refusal refused) {
                if (again && refused.reason() == refusedThen) {
                    return false;
                }
                throw refused;
            }
        };
    }

    /** Silences it, whether as a pause or for good. */
    void silence(String name) {
        boolean pauses = random.nextBoolean();
        if (settled((pauses ? "pause " : "disable ") + name, () -> (pauses ? desk.pause(name) : desk.disable(name))
                .settled())) {
            life(name).silent(System.nanoTime());
        }
    }

    void resume(String name) {
        life(name).speaks(System.nanoTime());
        settled("resume " + name, () -> desk.resume(name).settled());
    }

    /** Asks for something else. */
    void ask(String name) {
        List<Life.Terms> terms = life(name).terms;
        Fact.Where where = where();
        while (where == terms.get(terms.size() - 1).where()) {
            where = where();
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode().put("where", where.text);
        long begun = System.nanoTime();
        boolean settled = settled("where " + where + " " + name, () -> desk.update(
                        name, subscription -> SubscriptionPatch.apply(patch, subscription, SinkLogin::renew))
                .settled());
        life(name).asks(where, new Life.Span(begun, settled ? System.nanoTime() : Life.NEVER));
    }

    void move(String name) {
        Post.Mailbox box = world.post.open();
        boolean settled = settled("move " + name, () -> desk.move(name, box.url).settled());
        life(name).moved(box, settled ? System.nanoTime() : Life.NEVER);
    }

    void rotate(String name) {
        settled("rotate " + name, () -> {
            desk.rotate(name);
            return true;
        });
    }

    /** @param back how many changes before the last one that was told */
    void replay(String name, int back) {
        List<Fact> facts = world.log.all();
        long since = facts.get(Math.max(0, facts.size() - 1 - back)).timestamp();
        List<Life.Replay> replays = life(name).replays;
        int first = replays.size();
        boolean settled = settled("replay " + name, () -> {
            replays.add(new Life.Replay(System.nanoTime(), Life.NEVER, since));
            return desk.replay(name, since).settled();
        });
        if (settled) {
            long by = System.nanoTime();
            replays.subList(first, replays.size()).replaceAll(replay -> replay.settledBy(by));
        }
    }

    /** The endpoint is gone; as soon as that is known it comes back. */
    void gone(String name) {
        Life life = life(name);
        life.box().answer(410);
        boolean known = !life.isSilent()
                && happens(() -> desk.get(name).state() == Standing.State.DISABLED, Duration.ofSeconds(1));
        note(name + " gone, known: " + known);
        life.box().answer(200);
        resume(name);
    }

    /** The endpoint fails for a while. */
    void fail(String name) {
        note("failing " + name);
        life(name).box().answer(500);
        LockSupport.parkNanos(random.nextLong(Duration.ofMillis(400).toNanos()));
        life(name).box().answer(200);
        if (!life(name).isSilent()) {
            resume(name);
        }
    }

    /** The endpoint fails until something was given up for it, if that happens soon. */
    void giveUp(String name) {
        resume(name);
        life(name).box().answer(500);
        boolean given = happens(() -> !desk.undelivered(name).isEmpty(), Duration.ofSeconds(2));
        note("failing " + name + ", given up: " + given);
        life(name).box().answer(200);
    }

    /** @param meanwhile what is ordered before the first letter is sent again, if there is any */
    void redrive(String name, Runnable meanwhile) {
        Life life = life(name);
        boolean older = random.nextBoolean();
        boolean[] begun = {false};
        long from = System.nanoTime();
        settled((older ? "redrive all " : "redrive ") + name, () -> {
            try {
                note(desk.redrive(name, older, () -> {
                            if (!begun[0]) {
                                begun[0] = true;
                                meanwhile.run();
                            }
                            return true;
                        })
                        .toString());
            } catch (Refusal refused) {
                note(refused.reason().name());
            }
            return true;
        });
        life.redrives.add(new Life.Redrive(new Life.Span(from, System.nanoTime()), older));
    }

    /** Something that happens to all. */
    void happening(String what, Runnable happening) {
        note(what);
        happening.run();
    }

    private Life life(String name) {
        return living.get(name);
    }

    private boolean settled(String what, BooleanSupplier order) {
        note(what);
        boolean[] settled = {false};
        untilAnswered(() -> settled[0] = order.getAsBoolean());
        if (!settled[0]) {
            note("not settled: " + what);
        }
        return settled[0];
    }

    private void untilAnswered(BooleanSupplier order) {
        boolean answered = happens(
                () -> {
                    boolean unused = order.getAsBoolean();
                    return true;
                },
                PATIENCE);
        if (!answered) {
            throw new IllegalStateException("no order is answered");
        }
    }

    /** Whether a condition comes true in time. */
    boolean happens(BooleanSupplier condition, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!isTrue(condition)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }

    private boolean isTrue(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (KafkaException e) {
            note("no answer: " + e.getMessage());
            return false;
        }
    }

    private void note(String what) {
        told.add(System.nanoTime() / 1_000_000 % 1_000_000 + " " + what);
    }
}
