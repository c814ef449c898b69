package io.leat.app.cli;

import io.leat.app.embedded.FeedRun;
import io.leat.app.embedded.Figures;
import io.leat.app.exit.Exit;
import io.leat.app.feeding.Feeder;
import io.leat.app.panel.Pace;
import io.leat.app.panel.PanelText;
import io.leat.app.panel.PlainLine;
import io.leat.app.panel.RecentChanges;
import io.leat.app.panel.Screen;
import io.leat.app.panel.View;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches a run until it is over: redraws the panel on a terminal, prints a line a second elsewhere, is quiet where a
 * program reads the result. For one thread.
 */
final class Watch implements AutoCloseable {

    /** How a watch shows what it sees; without a terminal a panel becomes lines. */
    enum Manner {
        PANEL,
        LINES,
        QUIET
    }

    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final long LINE_MILLIS = 1_000;

    private final Surroundings around;
    private final FeedRun run;
    private final long begunAt;
    private final @Nullable String http;
    private final Manner manner;
    private final @Nullable Feeder feeder;
    private final Supplier<Map<String, Long>> silentMillis;
    private final @Nullable Screen screen;
    private final @Nullable RecentChanges changes;
    private final Pace pace = new Pace();
    private long lineAt;
    private long runningSince;

    Watch(
            Surroundings around,
            FeedRun run,
            long begunAt,
            @Nullable String http,
            Manner manner,
            @Nullable Feeder feeder,
            Supplier<Map<String, Long>> silentMillis) {
        this.around = around;
        this.run = run;
        this.begunAt = begunAt;
        this.http = http;
        this.feeder = feeder;
        this.silentMillis = silentMillis;
        Manner wanted = around.isQuiet() ? Manner.QUIET : manner;
        Optional<Screen> terminal = wanted == Manner.PANEL ? Screen.open(around.colours()) : Optional.empty();
        this.screen = terminal.orElse(null);
        this.manner = wanted == Manner.PANEL && screen == null ? Manner.LINES : wanted;
        boolean showsChanges = screen != null || (this.manner == Manner.LINES && feeder == null);
        this.changes = showsChanges ? new RecentChanges(run.broker(), run.feed(), around.clock()) : null;
    }

    /**
     * Watches.
     *
     * @param over whether the run has done what it should
     * @return how the command was asked to end; {@code null} if the run has done what it should
     * @throws io.leat.app.exit.Failure if the job has ended by itself
     */
    @Nullable
    Exit until(Predicate<Figures> over) {
        while (true) {
            Figures figures = run.figures();
            run.failed().ifPresent(failure -> {
                throw failure;
            });
            pace.add(figures);
            if (runningSince == 0 && figures.status().equals("RUNNING")) {
                runningSince = figures.at();
            }
            show(figures);
            Exit asked = around.stop().asked();
            if (asked != null) {
                return asked;
            }
            if (over.test(figures)) {
                return null;
            }
            around.stop().await(REDRAW);
        }
    }

    private void show(Figures figures) {
        if (screen != null) {
            View view = view(figures);
            screen.draw((columns, rows) -> PanelText.lines(view, columns, rows));
        } else if (manner == Manner.LINES && figures.at() - lineAt >= LINE_MILLIS) {
            lineAt = figures.at();
            around.out().println(PlainLine.of(view(figures)));
            around.out().flush();
        }
    }

    private View view(Figures figures) {
        return new View(
                run.feed().name(),
                run.broker().bootstrap(),
                http,
                figures.at() - begunAt,
                runningSince == 0 ? 0 : figures.at() - runningSince,
                figures,
                pace.in(),
                pace.out(),
                feeder == null ? null : feeder.progress(),
                silentMillis.get().entrySet().stream()
                        .map(shop -> new View.Source(shop.getKey(), shop.getValue()))
                        .toList(),
                changes == null ? List.of() : changes.newest());
    }

    /** When the first change was seen, milliseconds since 1970; 0 if none was. */
    long firstChangeAt() {
        return changes == null ? 0 : changes.firstSeenAt();
    }

    @Override
    public void close() {
        if (screen != null) {
            screen.close();
        }
        if (changes != null) {
            changes.close();
        }
    }
}
