package io.leat.format.propose;

import com.github.luben.zstd.ZstdInputStream;
import io.leat.core.Feed;
import io.leat.core.Op;
import io.leat.format.feedfile.FeedFile;
import io.leat.testkit.SharedData;
import io.leat.testkit.StreamFile;
import io.leat.testkit.Truth;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** One recorded stream, what truly changed in it, and how a feed file compares with that. */
record RealStream(String folder, String file) {

    static final List<RealStream> ALL = List.of(
            new RealStream("demo-cs2-rifles", "stream.jsonl.gz"),
            new RealStream("llm-api-prices", "stream.jsonl.zst"),
            new RealStream("pc-parts", "stream.jsonl.zst"),
            new RealStream("cs2-market-prices", "stream.jsonl.zst"),
            new RealStream("hn-frontpage", "stream.jsonl.zst"),
            new RealStream("velib-stations", "stream.jsonl.zst"));

    /**
     * How a proposal compares with the truth.
     *
     * @param told changes of keys known before, whatever field changed
     * @param right those in which the truth has a change too
     * @param expected changes that the truth has
     * @param dead records refused
     */
    record Score(long records, long told, long right, long expected, long dead) {
        double recall() {
            return expected == 0 ? 1 : (double) right / expected;
        }

        double falseShare() {
            return told == 0 ? 0 : (double) (told - right) / told;
        }
    }

    Scrapes scrapes() {
        Path path = SharedData.file(folder + "/" + file);
        return new Scrapes() {
            @Override
            public void read(Taker taker) {
                try {
                    long size = Files.size(path);
                    long[] consumed = {0};
                    try (java.io.BufferedReader unused = null;
                            Lines lines = new Lines(path, consumed)) {
                        for (byte[] line = lines.next(); line != null; line = lines.next()) {
                            if (!taker.take(line, (double) consumed[0] / size)) {
                                return;
                            }
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public boolean isRepeatable() {
                return true;
            }
        };
    }

    private static final class Lines implements AutoCloseable {
        private final InputStream in;

        Lines(Path path, long[] consumed) throws IOException {
            InputStream raw = new FilterInputStream(Files.newInputStream(path)) {
                @Override
                public int read(byte[] b, int off, int len) throws IOException {
                    int n = super.read(b, off, len);
                    consumed[0] += Math.max(0, n);
                    return n;
                }
            };
            this.in = new BufferedInputStream(
                    path.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : new ZstdInputStream(raw),
                    1 << 16);
        }

        byte[] next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(512);
            int c = in.read();
            if (c < 0) {
                return null;
            }
            for (; c >= 0 && c != '\n'; c = in.read()) {
                line.write(c);
            }
            return line.toByteArray();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    Score score(Feed feed) throws IOException {
        BitSet told = new BitSet();
        Rehearsal rehearsal = new Rehearsal(feed, change -> {
            if (change.op() == Op.UPDATE) {
                told.set((int) change.source().offset());
            }
        });
        long records = StreamFile.forEachLine(SharedData.file(folder + "/" + file), line -> rehearsal.take(line, NOW));
        long[] counts = new long[2];
        Truth.forEach(truthFile(), Truth.Reading.NUMERIC, row -> {
            if (!row.isNew()) {
                counts[0]++;
                counts[1] += told.get((int) row.seq()) ? 1 : 0;
            }
        });
        return new Score(
                records,
                told.cardinality(),
                counts[1],
                counts[0],
                rehearsal.tally().dead());
    }

    private Path truthFile() throws IOException {
        try (var files = Files.list(SharedData.file(folder))) {
            return files.filter(each -> each.getFileName().toString().startsWith("truth-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static final long NOW = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();

    static Feed feed(Path dir, Proposal.Files files) throws IOException {
        Files.writeString(dir.resolve("feed.yaml"), files.feed());
        Files.writeString(dir.resolve("item.schema.json"), files.contract());
        FeedFile.Outcome outcome = FeedFile.read(dir.resolve("feed.yaml"), name -> null);
        if (outcome instanceof FeedFile.Invalid invalid) {
            throw new AssertionError(invalid.problems() + "\n" + files.feed());
        }
        return ((FeedFile.Valid) outcome).feed();
    }

    @Override
    public String toString() {
        return folder;
    }
}
