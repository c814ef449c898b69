package io.leat.app.shown;

import io.leat.gateway.http.Limits;
import java.time.Duration;

/** The limits of any gateway, but for what a test says. */
final class UsualLimits {

    private static final Limits USUAL = Limits.DEFAULT;

    private Duration headerWithin = USUAL.headerWithin();
    private Duration keepAlive = USUAL.keepAlive();
    private long inFlightBytes = USUAL.inFlightBytes();
    private Duration stalledAfter = USUAL.stalledAfter();
    private Duration streamAge = USUAL.streamAge();
    private Duration heartbeat = USUAL.heartbeat();
    private int requestsPerSecond = USUAL.requestsPerSecond();

    private UsualLimits() {}

    static UsualLimits but() {
        return new UsualLimits();
    }

    UsualLimits headerWithin(Duration time) {
        headerWithin = time;
        return this;
    }

    UsualLimits keepAlive(Duration time) {
        keepAlive = time;
        return this;
    }

    UsualLimits inFlightBytes(long bytes) {
        inFlightBytes = bytes;
        return this;
    }

    UsualLimits stalledAfter(Duration time) {
        stalledAfter = time;
        return this;
    }

    UsualLimits streamAge(Duration time) {
        streamAge = time;
        return this;
    }

    UsualLimits heartbeat(Duration time) {
        heartbeat = time;
        return this;
    }

    UsualLimits requestsPerSecond(int count) {
        requestsPerSecond = count;
        return this;
    }

    Limits limits() {
        return new Limits(
                USUAL.connections(),
                USUAL.connectionsPerAddress(),
                headerWithin,
                keepAlive,
                USUAL.batchBytes(),
                inFlightBytes,
                USUAL.streams(),
                USUAL.streamsPerCaller(),
                stalledAfter,
                streamAge,
                heartbeat,
                requestsPerSecond);
    }
}
