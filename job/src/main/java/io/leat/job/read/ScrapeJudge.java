package io.leat.job.read;

import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Verdict;
import io.leat.core.drift.Observation;
import io.leat.format.ResetReader;
import io.leat.format.ScrapeReader;
import io.leat.job.RawRecord;
import io.leat.job.Rulings;
import io.leat.job.Scrape;
import org.jspecify.annotations.Nullable;

/** Says of each record of the raw topic what it is. Never throws for what one holds. Used by one thread. */
final class ScrapeJudge {

    private final ScrapeReader reader;

    /** @param sights whether items may be left unread */
    ScrapeJudge(Feed feed, boolean sights) {
        this.reader = new ScrapeReader(feed, sights);
    }

    Scrape read(RawRecord rec) {
        Position position = new Position(rec.topic(), rec.partition(), rec.offset());
        Ruling ruling = Rulings.of(rec);
        if (ruling != Ruling.NONE) {
            Item item = said(rec, ruling, position);
            return new Scrape(rec, item == null ? null : new Verdict.Kept(item), null, 0);
        }
        Verdict verdict = reader.read(rec.value(), rec.timestamp(), position);
        Observation look = reader.look(verdict);
        return new Scrape(rec, verdict, look, look == null ? 0 : reader.takenMillis(verdict, rec.timestamp()));
    }

    /** A scrape that a person spoke of is read again; if it is none, there is nothing to rule on. */
    private @Nullable Item said(RawRecord rec, Ruling ruling, Position position) {
        if (ruling == Ruling.INPUT_ENDED) {
            return null;
        } else if (ruling == Ruling.RESET) {
            return ResetReader.read(rec.value(), rec.timestamp(), position);
        }
        return reader.read(rec.value(), rec.timestamp(), position) instanceof Verdict.Kept kept
                ? kept.item().with(ruling)
                : null;
    }
}
