package io.leat.app.webhook.model;

import io.leat.core.delivery.Subscription;
import java.util.ArrayList;
import java.util.List;

/** All that one subscription was ever asked for, from its creation to its end, each with the moments it was asked within. */
final class Life {

    final String name;
    final Subscription.From from;
    final Subscription.CatchUp catchUp;
    final boolean givesUp;
    final Span made;
    final List<Terms> terms = new ArrayList<>();
    final List<Address> addresses = new ArrayList<>();
    final List<Replay> replays = new ArrayList<>();
    /** When its letters were sent again. */
    final List<Redrive> redrives = new ArrayList<>();

    final List<Span> silences = new ArrayList<>();
    long silentSince = NEVER;
    long deletedBy = NEVER;

    static final long NEVER = Long.MAX_VALUE;

    /** From one moment to another, as {@link System#nanoTime}. */
    record Span(long from, long to) {
        boolean contains(long at) {
            return from <= at && at <= to;
        }

        boolean meets(long begin, long end) {
            return from <= end && begin <= to;
        }
    }

    /** A condition, in force at least from the end of one order to the begin of the next, at most as the span says. */
    record Terms(Fact.Where where, long from, long to) {
        boolean mayHoldIn(long begin, long end) {
            return new Span(from, to).meets(begin, end);
        }
    }

    record Address(Post.Mailbox box, long until) {}

    /** @param older whether what is older than the newest it had was sent too */
    record Redrive(Span order, boolean older) {}

    /** @param by when nothing was under way any more that was begun before */
    record Replay(long begun, long by, long sinceMillis) {
        Replay settledBy(long moment) {
            return new Replay(begun, moment, sinceMillis);
        }
    }

    Life(
            String name,
            Subscription.From from,
            Subscription.CatchUp catchUp,
            boolean givesUp,
            Fact.Where where,
            Post.Mailbox box,
            Span made) {
        this.name = name;
        this.from = from;
        this.catchUp = catchUp;
        this.givesUp = givesUp;
        this.made = made;
        terms.add(new Terms(where, made.from(), NEVER));
        addresses.add(new Address(box, NEVER));
    }

    Post.Mailbox box() {
        return addresses.get(addresses.size() - 1).box();
    }

    /** It was moved; by the end nothing goes to the old address. */
    void moved(Post.Mailbox to, long by) {
        int last = addresses.size() - 1;
        addresses.set(last, new Address(addresses.get(last).box(), by));
        addresses.add(new Address(to, NEVER));
    }

    void asks(Fact.Where where, Span order) {
        int last = terms.size() - 1;
        Terms old = terms.get(last);
        terms.set(last, new Terms(old.where(), old.from(), order.to()));
        terms.add(new Terms(where, order.from(), NEVER));
    }

    void silent(long since) {
        if (silentSince == NEVER) {
            silentSince = since;
        }
    }

    void speaks(long from) {
        if (silentSince != NEVER) {
            silences.add(new Span(silentSince, from));
            silentSince = NEVER;
        }
    }

    boolean isSilent() {
        return silentSince != NEVER;
    }
}
