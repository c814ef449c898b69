package io.leat.app.review;

import io.leat.app.alerts.Notices;
import io.leat.app.dlq.Letter;
import io.leat.app.dlq.LetterFilter;
import io.leat.app.dlq.LetterGroups;
import io.leat.app.dlq.LetterJson;
import io.leat.app.dlq.Letters;
import io.leat.app.dlq.Mend;
import io.leat.app.dlq.Redrive;
import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import io.leat.app.log.HeldScrapes;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Ruling;
import io.leat.format.ChangeJson;
import io.leat.format.Topics;
import io.leat.gateway.review.Review;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a feed's dead letters, held scrapes and alerts from their topics each time it is asked. Thread-safe. */
public final class FeedReview implements Review {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_GROUPS = 200;
    private static final String NO_TOPIC = "LEAT-431";

    private final Feed feed;
    private final Broker broker;
    private final InstantSource clock;
    private final @Nullable FieldPath site;

    /** @param clock says when something was said */
    public FeedReview(Feed feed, Broker broker, InstantSource clock) {
        this.feed = feed;
        this.broker = broker;
        this.clock = clock;
        this.site = feed.watch() != null
                ? feed.watch().by()
                : feed.key().isEmpty() || !(feed.key().get(0) instanceof Feed.KeyPart.Field first)
                        ? null
                        : first.path();
    }

    @Override
    public ObjectNode letters(Which which, int most) {
        LetterGroups groups = new LetterGroups(site);
        Deque<Letter> newest = new ArrayDeque<>();
        asked(() -> {
            new Letters(broker, Topics.of(feed).deadLetters()).forEach(filter(which), letter -> {
                groups.add(letter);
                newest.addFirst(letter);
                if (newest.size() > most) {
                    newest.removeLast();
                }
            });
            return null;
        });
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<LetterGroups.Group> found = groups.largestFirst();
        json.put("total", found.stream().mapToLong(LetterGroups.Group::count).sum());
        ArrayNode all = json.putArray("groups");
        found.stream().limit(MOST_GROUPS).forEach(group -> all.addObject()
                .put("site", group.site())
                .put("field", group.field())
                .put("code", group.code())
                .put("count", group.count())
                .put("first", group.first().toString())
                .put("last", group.last().toString()));
        ArrayNode whole = json.putArray("letters");
        newest.forEach(letter -> whole.add(JSON.<ObjectNode>valueToTree(LetterJson.members(letter))));
        return json;
    }

    @Override
    public ObjectNode redrive(Which which, boolean really) {
        Mend mend = new Mend(feed, List.of());
        Redrive redrive = new Redrive(broker, feed);
        LetterFilter filter = filter(which);
        Redrive.Report report = asked(
                () -> really ? redrive.send(filter, mend, Long.MAX_VALUE) : redrive.look(filter, mend, Long.MAX_VALUE));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("mended", report.mended());
        json.put("sent", report.sent());
        ObjectNode stay = json.putObject("still_dead");
        report.stillDead().forEach(stay::put);
        return json;
    }

    private LetterFilter filter(Which which) {
        return new LetterFilter(site, which.site(), which.field(), which.code(), which.id(), null, null);
    }

    @Override
    public ObjectNode held() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode waiting = json.putArray("waiting");
        for (HeldScrapes.Waiting each : waiting()) {
            waiting.add(ChangeJson.tree(each.json().getBytes(StandardCharsets.UTF_8)));
        }
        return json;
    }

    private List<HeldScrapes.Waiting> waiting() {
        return feed.rules().hold().isEmpty() ? List.of() : asked(() -> HeldScrapes.waiting(broker, feed));
    }

    @Override
    public boolean rule(String id, boolean release) {
        for (HeldScrapes.Waiting each : waiting()) {
            if (each.id().equals(id)) {
                asked(() -> {
                    HeldScrapes.rule(broker, feed, each, release ? Ruling.RELEASE : Ruling.REJECT);
                    return null;
                });
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean say(String id, Word word, long quietMillis) {
        if (!feed.hasAlerts()) {
            return false;
        }
        Notices notices = new Notices(broker, feed, clock);
        Notices.Outcome outcome = asked(() -> switch (word) {
            case ACKNOWLEDGE -> notices.acknowledge(id);
            case ACCEPT -> notices.accept(id);
            case QUIET -> notices.quiet(id, quietMillis);
        });
        if (outcome == Notices.Outcome.NO_GAP) {
            throw new IllegalArgumentException("The alert tells of no gap.");
        }
        return outcome == Notices.Outcome.SAID;
    }

    /** A topic that is not there yet holds nothing; what else fails may pass. */
    private static <T extends @Nullable Object> T asked(Supplier<T> work) {
        try {
            return work.get();
        } catch (Failure failure) {
            if (failure.code().equals(NO_TOPIC)) {
                throw new IllegalArgumentException(failure.sentence(), failure);
            }
            throw new KafkaException(failure.sentence(), failure);
        }
    }
}
