package io.leat.app.cli;

import io.leat.app.feeding.ScrapeFile;
import io.leat.format.propose.Scrapes;
import java.nio.file.Path;

/** The records of a file, as often as they are asked for. */
final class FileScrapes implements Scrapes {

    private final Path file;
    private final StopSignal stop;

    FileScrapes(Path file, StopSignal stop) {
        this.file = file;
        this.stop = stop;
    }

    @Override
    public void read(Taker taker) {
        try (ScrapeFile scrapes = ScrapeFile.open(file)) {
            for (ScrapeFile.Line line = scrapes.next(); line != null && stop.asked() == null; line = scrapes.next()) {
                double share = scrapes.size() == 0 ? 0 : (double) scrapes.consumed() / scrapes.size();
                if (!taker.take(line.bytes(), share)) {
                    return;
                }
            }
        }
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }
}
