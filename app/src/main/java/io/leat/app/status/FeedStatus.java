package io.leat.app.status;

import io.leat.app.alerts.AlertBook;
import io.leat.app.embedded.Broker;
import io.leat.app.embedded.FeedRun;
import io.leat.app.exit.Failure;
import io.leat.app.review.FeedReview;
import io.leat.app.trace.Asked;
import io.leat.app.trace.Patience;
import io.leat.app.trace.Trace;
import io.leat.app.trace.TraceJson;
import io.leat.app.trace.Traces;
import io.leat.core.Feed;
import io.leat.delivery.SinkLag;
import io.leat.format.feedfile.FeedFile;
import io.leat.gateway.Gateway;
import io.leat.gateway.status.FeedAccount;
import io.leat.gateway.status.TraceQuestion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells how a feed stands, from the run in this process if there is one, and from its topics. What is asked again within a
 * second is answered from what was found then. Thread-safe; waits for the broker.
 */
public final class FeedStatus implements FeedAccount, AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long FRESH_MILLIS = 1_000;
    private static final Duration TRACE_PATIENCE = Duration.ofSeconds(20);
    private static final String UNKNOWN = "LEAT-450";
    private static final String NO_TOPIC = "LEAT-409";

    private final FeedFile.Valid declared;
    private final Feed feed;
    private final Broker broker;
    private final Gateway gateway;
    private final InstantSource clock;
    private final @Nullable JobSamples job;
    private final AlertBook alerts;
    private @Nullable ObjectNode last;
    private long lastAt;

    /**
     * Begins to follow the feed.
     *
     * @param run the run in this process; {@code null} if the feed runs elsewhere
     */
    private FeedStatus(
            FeedFile.Valid declared, Broker broker, @Nullable FeedRun run, Gateway gateway, InstantSource clock) {
        this.declared = declared;
        this.feed = declared.feed();
        this.broker = broker;
        this.gateway = gateway;
        this.clock = clock;
        this.job = run == null ? null : new JobSamples(run, gateway.keeper());
        this.alerts =
                new AlertBook(feed, broker, run == null ? AlertBook.Learner.NONE : run::acceptGap, gateway.keeper());
    }

    /** Has a gateway account for a feed; see the constructor. */
    public static FeedStatus show(
            FeedFile.Valid declared, Broker broker, @Nullable FeedRun run, Gateway gateway, InstantSource clock) {
        FeedStatus status = new FeedStatus(declared, broker, run, gateway, clock);
        gateway.accounts().add(declared.feed().name(), status);
        gateway.reviews().add(declared.feed().name(), new FeedReview(declared.feed(), broker, clock));
        return status;
    }

    @Override
    public synchronized ObjectNode status() {
        ObjectNode known = last;
        long now = clock.millis();
        if (known != null && now - lastAt < FRESH_MILLIS) {
            return known;
        }
        ObjectNode found = look(now);
        last = found;
        lastAt = now;
        return found;
    }

    @Override
    public ObjectNode history() {
        long now = clock.millis();
        return job == null ? new FeedHistory().json(now) : job.history(now);
    }

    private ObjectNode look(long now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("feed", feed.name());
        json.put("as_of", Moments.text(now));
        json.set("job", job == null ? JsonNodeFactory.instance.nullNode() : job.job());
        ObjectNode sites = json.putObject("watch");
        sites.put("by", feed.watch() == null ? null : feed.watch().by().toString());
        sites.put("as_of", job == null ? null : job.sitesAsOf());
        sites.set("sites", job == null ? JsonNodeFactory.instance.arrayNode() : job.sites());
        json.set("sinks", sinks(now));
        ArrayNode open = json.putArray("alerts");
        alerts.open().forEach(open::add);
        return json;
    }

    private ArrayNode sinks(long now) {
        if (!gateway.desks().has(feed.name())) {
            return JsonNodeFactory.instance.arrayNode();
        }
        List<SinkLag> lags = gateway.desks().of(feed.name(), gateway.keeper()).lags();
        return SinksJson.write(feed.name(), lags, gateway.sinks(), now);
    }

    @Override
    public @Nullable ObjectNode trace(TraceQuestion question) {
        Asked asked = asked(question);
        Traces traces = new Traces(broker, feed, declared.sinks(), clock, Patience.of(TRACE_PATIENCE));
        try {
            Trace trace = traces.of(asked, question.last());
            return JSON.valueToTree(TraceJson.members(trace));
        } catch (Patience.Over over) {
            throw new TooCostly("The topics are not read within %s s; 'leat trace' takes its time."
                    .formatted(TRACE_PATIENCE.toSeconds()));
        } catch (Failure failure) {
            if (failure.code().equals(UNKNOWN) || failure.code().equals(NO_TOPIC)) {
                return null;
            }
            throw new KafkaException(failure.sentence(), failure);
        }
    }

    private Asked asked(TraceQuestion question) {
        Asked asked =
                switch (question.by()) {
                    case KEY -> Asked.key(question.text(), feed);
                    case POSITION -> Asked.read(question.text(), feed) instanceof Asked.Place place ? place : null;
                    case CHANGE -> Asked.read(question.text(), feed) instanceof Asked.ChangeId id ? id : null;
                };
        if (asked == null) {
            throw new IllegalArgumentException(
                    switch (question.by()) {
                        case KEY -> "A key is a JSON list, as a change shows it.";
                        case POSITION -> "A position is TOPIC:PARTITION:OFFSET, of the raw topic or the change log.";
                        case CHANGE -> "The id of a change has 26 letters and digits.";
                    });
        }
        return asked;
    }

    @Override
    public void close() {
        if (job != null) {
            job.close();
        }
        alerts.close();
    }
}
