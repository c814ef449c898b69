package io.leat.app.shown;

import io.leat.testkit.EventParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An event stream read by Java's own HTTP client. */
final class EventStream implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<EventParser.Event> events = new LinkedBlockingQueue<>();
    private final EventParser parser = new EventParser("", events::add);
    private volatile boolean ended;

    private EventStream(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
    }

    static EventStream open(HttpClient http, URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.statusCode() + ": "
                        + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
            }
            return new EventStream(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The id a reconnecting client would send. */
    String lastId() {
        return parser.lastId();
    }

    boolean hasEnded() {
        return ended;
    }

    /** The next events, so many. */
    List<EventParser.Event> next(int count) {
        List<EventParser.Event> found = new ArrayList<>();
        while (found.size() < count) {
            EventParser.Event event = poll(PATIENCE);
            if (event == null) {
                throw new AssertionError("only " + found.size() + " of " + count + " events came");
            }
            found.add(event);
        }
        return found;
    }

    /** Events up to one that fits, which is the last. */
    List<EventParser.Event> until(Predicate<EventParser.Event> last) {
        List<EventParser.Event> found = new ArrayList<>();
        do {
            found.addAll(next(1));
        } while (!last.test(found.get(found.size() - 1)));
        return found;
    }

    EventParser.@Nullable Event poll(Duration patience) {
        try {
            return events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        byte[] piece = new byte[8_192];
        try (InputStream body = response.body()) {
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                parser.feed(piece, count);
            }
        } catch (IOException e) {
            // cut off: what came whole counts
        } finally {
            ended = true;
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
