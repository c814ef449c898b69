package io.leat.delivery.lane;

import java.util.random.RandomGenerator;

/** A receiver of the simulation: what it answers to an attempt, and after how long. */
interface SimulatedReceiver {

    Reply reply(LogEntry entry, long now, RandomGenerator random);

    /** An outcome, so many milliseconds after the attempt began. */
    record Reply(Outcome outcome, long afterMillis) {}

    long TIMEOUT = 15_000;

    static Reply status(int status, long afterMillis) {
        return new Reply(Outcome.Answered.of(status), afterMillis);
    }

    static SimulatedReceiver always(int status, long afterMillis) {
        return (entry, now, random) -> status(status, afterMillis);
    }

    static SimulatedReceiver fails(Outcome.Fault fault, long afterMillis) {
        return (entry, now, random) -> new Reply(new Outcome.Failed(fault, ""), afterMillis);
    }

    /** Behaves in one way until a moment, then in another. */
    static SimulatedReceiver until(long moment, SimulatedReceiver before, SimulatedReceiver after) {
        return (entry, now, random) -> (now < moment ? before : after).reply(entry, now, random);
    }
}
