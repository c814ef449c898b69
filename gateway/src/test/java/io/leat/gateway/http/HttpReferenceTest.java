package io.leat.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.gateway.http.HttpProblem.Kind;
import io.leat.testkit.GeneratedPage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The page of refusals and limits is written from the tables the gateway itself uses. */
class HttpReferenceTest {

    private static final Path PAGE = Path.of("../docs/reference/http.md");

    @Test
    void thePageIsNotStale() {
        GeneratedPage.check(PAGE, page());
    }

    @Test
    void everyStatusThatALibraryMayChooseHasOneReason() {
        assertThat(Arrays.stream(Kind.values())
                        .filter(kind -> kind.code().startsWith("LEAT-21"))
                        .map(Kind::status))
                .doesNotHaveDuplicates();
        assertThat(Arrays.stream(Kind.values()).map(Kind::code))
                .allMatch(code -> code.matches("LEAT-21\\d|LEAT-22[5-9]|LEAT-24[0-2]"));
    }

    private static String page() {
        StringBuilder page = new StringBuilder(
                "<!-- Generated from code. Change the code, then run: mvn -pl core,format,testkit,gateway test"
                        + " -Dleat.docs.write=true -->\n\n");
        page.append("# What the gateway refuses, and its limits\n\n");
        page.append(
                "A refusal is `application/problem+json` (RFC 9457) with `title`, `status`, `code` and, where it helps,\n");
        page.append("`detail`. It never repeats what was sent. `/openapi.json` says which path answers what.\n\n");
        page.append("| code | status | title | what to do |\n| --- | --- | --- | --- |\n");
        for (Kind kind : Kind.values()) {
            page.append("| `%s` | %d | %s | %s |%n".formatted(kind.code(), kind.status(), kind.title(), kind.advice()));
        }
        page.append("\n## Limits\n\n| what | at most |\n| --- | --- |\n");
        Limits limits = Limits.DEFAULT;
        row(page, "open connections", limits.connections());
        row(page, "open connections of one address", limits.connectionsPerAddress());
        row(page, "from connection, or last answer, to a request's last header", limits.headerWithin());
        row(page, "rest between two requests of a connection", limits.keepAlive());
        row(page, "bytes of a request's first line", Limits.URI_BYTES);
        row(page, "headers", Limits.HEADERS);
        row(page, "bytes of all headers", Limits.HEADER_BYTES);
        row(page, "bytes of a body, as sent and as unpacked", limits.batchBytes());
        row(page, "bytes of bodies under way, in all", limits.inFlightBytes());
        row(page, "time for a body", Limits.BODY_WITHIN);
        row(page, "requests a second of one key, on average; ten times as many at once", limits.requestsPerSecond());
        row(page, "open streams", limits.streams());
        row(page, "open streams of one key, or of one address without keys", limits.streamsPerCaller());
        row(page, "bytes the system holds of an answer that its reader does not take", Limits.UNTAKEN_BYTES);
        row(page, "time a stream may take nothing before it is closed", limits.stalledAfter());
        row(page, "time a stream is left open; it ends at a random moment of the last half", limits.streamAge());
        row(page, "silence of a stream", limits.heartbeat());
        page.append("\nAfter %d s a body has to come at %d bytes a second or more.%n"
                .formatted(Limits.BODY_GRACE.toSeconds(), Limits.BODY_BYTES_PER_SECOND));
        return page.toString().replace("\r\n", "\n");
    }

    private static void row(StringBuilder page, String what, long most) {
        page.append("| ")
                .append(what)
                .append(" | ")
                .append("%,d".formatted(most))
                .append(" |\n");
    }

    private static void row(StringBuilder page, String what, Duration most) {
        page.append("| ").append(what).append(" | ").append(most.toSeconds()).append(" s |\n");
    }
}
