package io.leat.app.dlq;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import io.leat.format.DeadLetterHeaders;
import io.leat.format.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters again, each once for ever.
 *
 * <p>The scrape goes to its raw topic and a mark goes to the dead letters' topic in one transaction: both are there or
 * neither is. The mark's key follows from the letter's id, which follows from where the scrape stood, so a letter that a
 * replay of the job writes anew is known to be sent already. Redrives of one feed share a transactional id: one that starts
 * ends those before it, and reads the marks only after that. So neither a crash, nor a second call, nor two at once send a
 * letter twice. A mark is kept as long as a letter is. The job does not wait for anybody's transactions, so it may read a
 * batch that a crash cut off, and read it again when it is sent again: the second is a repeat of the first and tells nothing.
 *
 * <p>A scrape that is sent again competes with what is known of its key like any other: if the key has moved on, it is stale.
 */
public final class Redrive {

    private static final int BATCH = 500;

    private final Broker broker;
    private final Topics topics;
    private final String feed;

    public Redrive(Broker broker, Feed feed) {
        this.broker = broker;
        this.topics = Topics.of(feed);
        this.feed = feed.name();
    }

    /**
     * What was found and done.
     *
     * @param mended letters that would be items now
     * @param sent those of them that were sent
     * @param stillDead letters that stay, by the code they would be refused with now
     * @param example what the fixes make of the first letter; {@code null} if there are no fixes or no letters
     */
    public record Report(long mended, long sent, Map<String, Long> stillDead, @Nullable MendExample example) {
        public Report {
            stillDead = new TreeMap<>(stillDead);
        }

        /** Letters that stay. */
        public long staying() {
            return stillDead.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Says what {@link #send} would do, and does nothing.
     *
     * @param most how many letters that would be items it looks at
     */
    public Report look(LetterFilter filter, Mend mend, long most) {
        Counting counting = new Counting(mend, most);
        new Letters(broker, topics.deadLetters()).forEach(filter, counting::judge);
        return counting.report(0);
    }

    /**
     * Sends every letter that the filter takes and that would be an item now.
     *
     * @param most how many, the oldest first
     * @throws Failure if Kafka does not take it; what was committed until then stays sent, and is not sent again
     */
    public Report send(LetterFilter filter, Mend mend, long most) {
        Counting counting = new Counting(mend, most);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.initTransactions();
            int partitions = producer.partitionsFor(topics.raw()).size();
            long[] open = new long[1];
            new Letters(broker, topics.deadLetters()).forEach(filter, letter -> {
                if (counting.judge(letter) instanceof Mend.Mended mended) {
                    if (open[0] % BATCH == 0) {
                        producer.beginTransaction();
                    }
                    send(producer, letter, mended.value(), partitions);
                    if (++open[0] % BATCH == 0) {
                        producer.commitTransaction();
                    }
                }
            });
            if (open[0] % BATCH != 0) {
                producer.commitTransaction();
            }
            return counting.report(open[0]);
        } catch (KafkaException e) {
            throw Failure.runtime(
                            "LEAT-432",
                            "The dead letters were not all sent: %s.".formatted(e.getMessage()),
                            "The same command goes on: what was sent is marked and is not sent again.")
                    .because(e);
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, Letter letter, byte[] value, int partitions) {
        RecordHeaders headers = new RecordHeaders();
        letter.headers().forEach(headers::add);
        headers.remove(DeadLetterHeaders.REDRIVEN_FROM);
        headers.add(DeadLetterHeaders.REDRIVEN_FROM, utf8(letter.id()));
        if (headers.lastHeader(DeadLetterHeaders.ORIGIN) == null) {
            headers.add(DeadLetterHeaders.ORIGIN, utf8(letter.origin()));
        }
        boolean isThere = letter.partition() >= 0 && letter.partition() < partitions;
        var unusedRaw = producer.send(new ProducerRecord<>(
                topics.raw(), isThere ? letter.partition() : null, null, letter.key(), value, headers));
        var unusedMark = producer.send(new ProducerRecord<>(
                topics.deadLetters(), utf8(DeadLetterHeaders.MARK + letter.id()), utf8("{\"redriven\":true}")));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                broker.settings(Map.of(
                        "transactional.id",
                        "leat-" + feed + "-redrive",
                        "transaction.timeout.ms",
                        "60000",
                        "acks",
                        "all",
                        "max.request.size",
                        Integer.toString(8 << 20))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static final class Counting {

        private final Mend mend;
        private final long most;
        private final Map<String, Long> stillDead = new TreeMap<>();
        private long mended;
        private @Nullable MendExample example;

        Counting(Mend mend, long most) {
            this.mend = mend;
            this.most = most;
        }

        /** What would become of it; {@code null} if there are enough. */
        Mend.@Nullable Outcome judge(Letter letter) {
            if (mended >= most) {
                return null;
            }
            Mend.Outcome outcome = mend.judge(letter);
            if (example == null) {
                example = MendExample.of(letter, mend, outcome);
            }
            if (outcome instanceof Mend.StillDead dead) {
                stillDead.merge(dead.code(), 1L, Long::sum);
            } else {
                mended++;
            }
            return outcome;
        }

        Report report(long sent) {
            return new Report(mended, sent, stillDead, example);
        }
    }
}
