package io.leat.gateway.access;

import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.leat.gateway.http.Proxies;
import io.vertx.core.MultiMap;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjLongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Judges every request before anything is done for it. Nobody may do what no grant says.
 *
 * <p>Until a first key exists, a gateway that only this machine reaches asks for none. It then insists on being
 * addressed as this machine: a web page must not get here by a name of its own. Thread-safe.
 */
public final class Gatekeeper {

    /** The parameter a ticket comes in. */
    public static final String TICKET = "ticket";

    private static final String CALLER = "leat.caller";
    private static final long NOTE_USE_EVERY = Duration.ofMinutes(1).toMillis();
    private static final int FAILURES_PER_SECOND = 20;
    private static final int MAX_AUTHORIZATION = 200;

    private final Keys keys;
    private final ObjLongConsumer<String> noteUse;
    private final boolean loopback;
    private final InstantSource clock;
    private final Proxies proxies;
    private final Pace pace;
    private final Pace failures = new Pace(FAILURES_PER_SECOND);
    private final Tickets tickets;
    private final Map<String, Long> noted = new ConcurrentHashMap<>();

    /**
     * @param noteUse is told now and then that a key was used: its id, and when, in milliseconds since 1970
     * @param loopback whether only this machine can reach the gateway
     * @param proxies who is believed when they say for whom they ask
     * @param requestsPerSecond of one caller
     * @param secret what tickets are signed with
     * @param random fit for secrets
     */
    public Gatekeeper(
            Keys keys,
            ObjLongConsumer<String> noteUse,
            boolean loopback,
            InstantSource clock,
            Proxies proxies,
            int requestsPerSecond,
            TicketSecret secret,
            RandomGenerator random) {
        this.keys = keys;
        this.noteUse = noteUse;
        this.loopback = loopback;
        this.clock = clock;
        this.proxies = proxies;
        this.pace = new Pace(requestsPerSecond);
        this.tickets = new Tickets(secret, random);
    }

    /** Whether keys are needed at the moment. */
    public boolean asksForKeys() {
        return !loopback || !keys.isEmpty();
    }

    /** Whether a caller who was admitted would still be: its key may have been revoked or have expired. */
    public boolean isStillGood(String callerId) {
        KeyEntry key = keys.find(callerId);
        return key == null ? !asksForKeys() : key.isGood(clock.millis());
    }

    /**
     * Admits a request or answers it.
     *
     * @param feed the feed it is about, {@link Scope#EVERY_FEED} for what is about all
     * @return {@code null} if it has been refused and answered
     */
    public @Nullable Caller admit(RoutingContext request, String feed, Scope scope) {
        return admit(request, feed, scope, null);
    }

    /** Admits whoever is known, whatever they may do; or answers the request. */
    public @Nullable Caller admit(RoutingContext request) {
        return admit(request, Scope.EVERY_FEED, null, null);
    }

    /** Who was admitted with a request; {@code null} before that, or if nobody was. */
    public static @Nullable Caller callerOf(RoutingContext request) {
        return request.get(CALLER);
    }

    /** The same for a stream of changes, which a ticket opens too: that, and nothing else. */
    public @Nullable Caller admitReader(RoutingContext request, String feed) {
        return admit(request, feed, Scope.READ, request.request().getParam(TICKET));
    }

    private @Nullable Caller admit(
            RoutingContext request, String feed, @Nullable Scope scope, @Nullable String ticket) {
        Verdict verdict = judge(request, feed, scope, ticket);
        if (verdict.problem() != null) {
            verdict.problem().answer(request.response());
        }
        request.put(CALLER, verdict.caller());
        return verdict.caller();
    }

    /** Gives a ticket for a feed to whoever may read it. */
    public String ticket(Caller caller, String feed) {
        return tickets.give(caller.id(), feed, clock.millis());
    }

    private record Verdict(@Nullable Caller caller, @Nullable HttpProblem problem) {
        static Verdict refused(Kind kind) {
            return new Verdict(null, HttpProblem.of(kind));
        }
    }

    private Verdict judge(RoutingContext request, String feed, @Nullable Scope scope, @Nullable String ticket) {
        if (!keys.isLoaded()) {
            return new Verdict(null, HttpProblem.retry(Kind.UNAVAILABLE, 2, "The keys are not known yet."));
        }
        long now = clock.millis();
        String address = proxies.client(request.request());
        Caller caller = asksForKeys() ? identify(request, feed, ticket, now) : neighbour(request, address);
        if (caller == null) {
            return stranger(address, now);
        }
        if (scope != null && !caller.may(feed, scope)) {
            return Verdict.refused(Kind.NOT_ALLOWED);
        }
        if (!pace.allows(caller.id(), now)) {
            return new Verdict(null, HttpProblem.retry(Kind.TOO_MANY, 1, "The key's rate is used up."));
        }
        note(caller, now);
        return new Verdict(caller, null);
    }

    /** Who is refused too often waits; that another behind the same address is refused costs a good caller nothing. */
    private Verdict stranger(String address, long now) {
        if (!failures.allows(address, now)) {
            return new Verdict(null, HttpProblem.retry(Kind.TOO_MANY, 10, "Too many refused requests."));
        }
        return Verdict.refused(asksForKeys() ? Kind.NO_KEY : Kind.NOT_FROM_HERE);
    }

    private @Nullable Caller identify(RoutingContext request, String feed, @Nullable String ticket, long now) {
        if (ticket != null) {
            String id = tickets.take(ticket, feed, now);
            KeyEntry key = id == null ? null : keys.find(id);
            return key != null && key.isGood(now) ? new Caller(key.id(), key.grants()) : null;
        }
        List<String> given = request.request().headers().getAll("Authorization");
        if (given.size() != 1
                || given.get(0).length() > MAX_AUTHORIZATION
                || !given.get(0).regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        ApiKey key = ApiKey.parse(given.get(0).substring(7).strip());
        KeyEntry entry = key == null ? null : keys.find(key.id());
        if (key == null || entry == null || !isSame(key.hash(), entry.hash()) || !entry.isGood(now)) {
            return null;
        }
        return new Caller(entry.id(), entry.grants());
    }

    /** Takes the same time whether the first or the last character differs. */
    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable Caller neighbour(RoutingContext request, String address) {
        HostAndPort wanted = request.request().authority();
        MultiMap headers = request.request().headers();
        if (!ThisMachine.isAddress(address)
                || !ThisMachine.isMeantBy(
                        wanted == null ? null : wanted.host(),
                        headers.getAll("Origin"),
                        headers.getAll("Sec-Fetch-Site"))) {
            return null;
        }
        return new Caller(
                address,
                Arrays.stream(Scope.values())
                        .map(scope -> new Scope.Grant(Scope.EVERY_FEED, scope))
                        .toList());
    }

    private void note(Caller caller, long now) {
        if (keys.find(caller.id()) == null) {
            return;
        }
        Long last = noted.get(caller.id());
        if (last == null || now - last > NOTE_USE_EVERY) {
            noted.put(caller.id(), now);
            noteUse.accept(caller.id(), now);
        }
    }
}
