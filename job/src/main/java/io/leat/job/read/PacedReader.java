package io.leat.job.read;

import io.leat.core.EventProgress;
import io.leat.core.Ruling;
import io.leat.job.RawRecord;
import io.leat.job.Rulings;
import io.leat.job.Scrape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads the partitions that are dealt out to a subtask, and says as a watermark how far event time has come in them: nothing
 * at or before it will come that is not late. A partition that is far ahead of the others is not read on for a while. Used
 * by the task's thread.
 */
@SuppressWarnings("try") // what closing throws is for Flink to know
final class PacedReader implements SourceReader<Scrape, KafkaPartitionSplit> {

    /** A burst is not told of record by record. */
    private static final int RECORDS_PER_MARK = 256;

    private final SourceReader<RawRecord, KafkaPartitionSplit> kafka;
    private final ScrapeJudge judge;
    private final Pace pace;
    private final EventProgress progress;
    private final Map<Integer, String> splits = new HashMap<>();
    private final Set<Integer> paused = new HashSet<>();

    private final int reader;
    private final int readers;

    private @Nullable JudgedOutput output;
    /** Ends that have not been read up to; those of a later look have to wait. */
    private @Nullable Extents ahead;

    private boolean isDealt;
    private boolean isIdle;
    private long told = EventProgress.NEVER;
    private int untold;

    PacedReader(
            SourceReader<RawRecord, KafkaPartitionSplit> kafka,
            ScrapeJudge judge,
            Pace pace,
            SourceReaderContext context) {
        this.kafka = kafka;
        this.judge = judge;
        this.pace = pace;
        this.reader = context.getIndexOfSubtask();
        this.readers = context.currentParallelism();
        this.progress = new EventProgress(pace.looksToSilence());
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Scrape> out) throws Exception {
        JudgedOutput judged = output;
        if (judged == null || judged.out() != out) {
            judged = new JudgedOutput(out, judge, this::read);
            output = judged;
        }
        InputStatus status = kafka.pollNext(judged);
        if (untold >= RECORDS_PER_MARK || (untold > 0 && status != InputStatus.MORE_AVAILABLE)) {
            tell();
        }
        tellHead();
        return status;
    }

    /** Says, behind what was read, that all is read that was there when somebody looked. */
    private void tellHead() {
        Extents seen = ahead;
        JudgedOutput judged = output;
        if (seen == null || judged == null || !progress.hasReached(seen.all())) {
            return;
        }
        ahead = null;
        judged.out().collect(Scrape.atHead(reader, readers, seen.lookedAt()), seen.lookedAt());
    }

    private void read(Scrape scrape) {
        RawRecord raw = scrape.raw();
        if (scrape.verdict() == null && Rulings.of(raw) == Ruling.INPUT_ENDED) {
            progress.ended(raw.partition(), raw.offset());
            untold = RECORDS_PER_MARK; // whoever sees that it was read may take it that event time has come
        } else {
            progress.read(raw.partition(), raw.offset(), scrape.eventTimeMillis());
            untold++;
        }
    }

    /** Says what has changed. */
    private void tell() {
        JudgedOutput judged = output;
        if (judged == null || !pace.isAsked()) {
            return;
        }
        untold = 0;
        long time = progress.time();
        boolean isSilent = progress.isEmpty() ? isDealt : progress.isSilent();
        if (isIdle && !isSilent) {
            isIdle = false;
            judged.out().markActive();
        }
        long mark = time == EventProgress.NEVER ? time : time - pace.bound().toMillis() - 1;
        if (mark > told) {
            told = mark;
            judged.out().emitWatermark(new Watermark(mark));
            isIdle = false;
        }
        if (isSilent && !isIdle) {
            isIdle = true;
            judged.out().markIdle();
        }
        if (!pace.reach().equals(Pace.ANY)) {
            pause(progress.tooFarAhead(pace.reach().toMillis()));
        }
    }

    private void pause(Collection<Integer> tooFarAhead) {
        List<String> pausing = new ArrayList<>();
        List<String> resuming = new ArrayList<>();
        splits.forEach((partition, split) -> {
            if (tooFarAhead.contains(partition) && paused.add(partition)) {
                pausing.add(split);
            } else if (!tooFarAhead.contains(partition) && paused.remove(partition)) {
                resuming.add(split);
            }
        });
        if (!pausing.isEmpty() || !resuming.isEmpty()) {
            kafka.pauseOrResumeSplits(pausing, resuming);
        }
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> added) {
        for (KafkaPartitionSplit split : added) {
            progress.begin(split.getPartition(), split.getStartingOffset(), PacedSplit.reached(split));
            splits.put(split.getPartition(), split.splitId());
        }
        kafka.addSplits(added);
        tell();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof Extents extents) {
            isDealt = extents.isDealt();
            progress.looked(extents.all());
            tell();
            if (pace.tellsHeads() && isDealt && ahead == null) {
                ahead = extents;
                tellHead();
            }
        } else {
            kafka.handleSourceEvents(event);
        }
    }

    @Override
    public void start() {
        kafka.start();
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
        List<KafkaPartitionSplit> splits = new ArrayList<>();
        for (KafkaPartitionSplit split : kafka.snapshotState(checkpoint)) {
            splits.add(new PacedSplit(split, progress.reached(split.getPartition())));
        }
        return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return kafka.isAvailable();
    }

    @Override
    public void notifyNoMoreSplits() {
        kafka.notifyNoMoreSplits();
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        kafka.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        kafka.notifyCheckpointAborted(checkpoint);
    }

    /** Who is too far ahead of whom is judged here. */
    @Override
    public void pauseOrResumeSplits(Collection<String> pausing, Collection<String> resuming) {}

    @Override
    public void close() throws Exception {
        kafka.close();
    }
}
