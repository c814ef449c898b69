package io.leat.job.read;

import io.leat.job.RawRecord;
import io.leat.job.Scrape;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/**
 * Takes raw records and hands on what they are.
 *
 * @param out gets what was read; what came of it is done when it returns
 * @param judge reads them
 * @param after hears of each that was handed on
 */
record JudgedOutput(ReaderOutput<Scrape> out, ScrapeJudge judge, Consumer<Scrape> after)
        implements ReaderOutput<RawRecord> {

    @Override
    public SourceOutput<RawRecord> createOutputForSplit(String split) {
        return new OfSplit(out.createOutputForSplit(split), judge, after);
    }

    @Override
    public void releaseOutputForSplit(String split) {
        out.releaseOutputForSplit(split);
    }

    @Override
    public void collect(RawRecord rec) {
        throw new UnsupportedOperationException("every record has its partition");
    }

    @Override
    public void collect(RawRecord rec, long timestamp) {
        throw new UnsupportedOperationException("every record has its partition");
    }

    @Override
    public void emitWatermark(Watermark mark) {
        out.emitWatermark(mark);
    }

    @Override
    public void markIdle() {
        out.markIdle();
    }

    @Override
    public void markActive() {
        out.markActive();
    }

    private record OfSplit(SourceOutput<Scrape> out, ScrapeJudge judge, Consumer<Scrape> after)
            implements SourceOutput<RawRecord> {

        @Override
        public void collect(RawRecord rec) {
            collect(rec, rec.timestamp());
        }

        @Override
        public void collect(RawRecord rec, long timestamp) {
            Scrape scrape = judge.read(rec);
            out.collect(scrape, timestamp);
            after.accept(scrape);
        }

        @Override
        public void emitWatermark(Watermark mark) {
            out.emitWatermark(mark);
        }

        @Override
        public void markIdle() {
            out.markIdle();
        }

        @Override
        public void markActive() {
            out.markActive();
        }
    }
}
