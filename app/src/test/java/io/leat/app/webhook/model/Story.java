package io.leat.app.webhook.model;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A sequence of orders by chance, and what came of it. */
final class Story {

    private static final List<String> NAMES = List.of("a", "b", "c");

    private final World world;
    private final RandomGenerator random;
    private final Broker broker;
    private final Orders orders;
    private final List<String> wrong = new ArrayList<>();
    private final List<Turn> turns;

    /** What may happen to a subscription, so often among others. */
    private record Turn(int weight, Consumer<String> happens) {}

    Story(World world, RandomGenerator random, Broker broker) {
        this.world = world;
        this.random = random;
        this.broker = broker;
        this.orders = new Orders(world, random);
        this.turns = List.of(
                new Turn(8, this::endAndPerhapsAgain),
                new Turn(10, orders::silence),
                new Turn(14, orders::resume),
                new Turn(10, orders::gone),
                new Turn(8, orders::move),
                new Turn(8, orders::ask),
                new Turn(4, orders::rotate),
                new Turn(12, this::replay),
                new Turn(8, orders::fail),
                new Turn(18, this::redrive),
                new Turn(4, this::catchUp));
    }

    /** What went wrong; empty if nothing did. */
    List<String> play(int steps) throws InterruptedException {
        try (World.Telling telling = world.new Telling(new SplittableRandom(random.nextLong()))) {
            orders.create("a");
            for (int step = 0; step < steps; step++) {
                step();
                if (random.nextInt(3) == 0) {
                    someAreTold();
                }
            }
        }
        orders.living.keySet().forEach(this::settle);
        orders.living.keySet().stream().toList().forEach(orders::delete);
        Judge judge = judge();
        orders.lives.forEach(life -> wrong.addAll(judge.wrong(life)));
        return wrong;
    }

    /** The orders that were given. */
    List<String> told() {
        return orders.told;
    }

    private Judge judge() {
        return new Judge(world.log.all(), List.of(world.troubles, broker.troubles));
    }

    private void someAreTold() {
        LockSupport.parkNanos(random.nextLong(Duration.ofMillis(150).toNanos()));
    }

    private void step() {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        int dice = random.nextInt(100);
        if (dice < 3) {
            orders.happening("kill", world::kill);
        } else if (dice < 6) {
            orders.happening("rebalance", world::rebalance);
        } else if (dice < 7) {
            orders.happening("broker", broker::restart);
        } else if (!orders.living.containsKey(name)) {
            orders.create(name);
        } else {
            turn().happens().accept(name);
        }
    }

    private Turn turn() {
        int left = random.nextInt(turns.stream().mapToInt(Turn::weight).sum());
        for (Turn turn : turns) {
            left -= turn.weight();
            if (left < 0) {
                return turn;
            }
        }
        throw new IllegalStateException("less than the sum of all");
    }

    private void endAndPerhapsAgain(String name) {
        orders.delete(name);
        if (random.nextBoolean()) {
            orders.create(name);
        }
    }

    /** Of what was just told, or of more; often of one with a backlog. */
    private void replay(String name) {
        if (random.nextBoolean()) {
            orders.silence(name);
            someAreTold();
        }
        orders.replay(name, random.nextBoolean() ? 0 : random.nextInt(40));
    }

    /** Often of one that is another by then, or becomes another meanwhile; rather of one that gives up. */
    private void redrive(String any) {
        String name = orders.living.values().stream()
                .filter(life -> life.givesUp)
                .map(life -> life.name)
                .findFirst()
                .orElse(any);
        if (orders.living.get(name).givesUp) {
            orders.giveUp(name);
        }
        change(name, 8);
        orders.redrive(name, () -> change(name, 8));
    }

    /** @param outOf of so many cases, six change it */
    private void change(String name, int outOf) {
        switch (random.nextInt(outOf)) {
            case 0, 1 -> orders.silence(name);
            case 2, 3 -> orders.ask(name);
            case 4 -> orders.move(name);
            case 5 -> {
                orders.delete(name);
                orders.create(name);
            }
            default -> someAreTold();
        }
    }

    /** Lets what is owed arrive while more is told; of one that wants the newest only that cannot be said. */
    private void catchUp(String name) {
        if (orders.living.get(name).catchUp == Subscription.CatchUp.ALL) {
            settle(name);
        }
    }

    /** Lets everything arrive that is owed. */
    private void settle(String name) {
        Life life = orders.living.get(name);
        life.box().answer(200);
        orders.resume(name);
        if (!orders.happens(() -> world.desk.get(name).state() == Standing.State.ACTIVE, Orders.PATIENCE)) {
            wrong.add(name + " is not active after it was resumed");
        }
        Set<String> lying = new HashSet<>();
        Judge judge = judge();
        wrong.addAll(missing(life, judge, lying));
        wrong.addAll(judge.inherited(life, lying));
    }

    /** What still has not come when nothing more comes: however long a busy machine takes, it is waited for. */
    private List<String> missing(Life life, Judge judge, Set<String> lying) {
        List<String> missing = new ArrayList<>();
        int[] before = {Integer.MAX_VALUE};
        boolean goesOn = true;
        while (goesOn) {
            goesOn = orders.happens(
                    () -> {
                        lying.clear();
                        lying.addAll(world.desk.undelivered(life.name));
                        missing.clear();
                        missing.addAll(judge.missing(life, lying, System.nanoTime()));
                        return missing.size() < before[0];
                    },
                    Orders.PATIENCE);
            before[0] = missing.size();
            goesOn = goesOn && !missing.isEmpty();
        }
        return missing;
    }
}
