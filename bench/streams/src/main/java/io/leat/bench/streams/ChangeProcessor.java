package io.leat.bench.streams;

import io.leat.core.Changes;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.format.ChangeJson;
import io.leat.format.ScrapeReader;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The parse and the comparison every system does. To spare the store's changelog, a key is written back only when it
 * changed: kinder to this peer than the others' rule, and the same here, where input is in order.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init first
final class ChangeProcessor implements Processor<byte[], byte[], Object, Object> {

    static final String CHANGES = "changes";
    static final String REFUSED = "refused";

    private final String feed;
    private final String storeName;
    private final ScrapeReader reader;
    private final Changes changes;
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<String, Known> store;

    ChangeProcessor(Feed feed, String storeName) {
        this.feed = feed.name();
        this.storeName = storeName;
        this.reader = new ScrapeReader(feed);
        this.changes = new Changes(feed);
    }

    @Override
    public void init(ProcessorContext<Object, Object> given) {
        context = given;
        store = Objects.requireNonNull(given.getStateStore(storeName));
    }

    @Override
    public void process(Record<byte[], byte[]> rec) {
        RecordMetadata place = context.recordMetadata().orElseThrow();
        Verdict verdict = reader.read(
                rec.value(), rec.timestamp(), new Position(place.topic(), place.partition(), place.offset()));
        if (verdict instanceof Verdict.Kept kept) {
            Item item = kept.item();
            if (changes.decide(store.get(item.key()), item) instanceof Decision.Told told) {
                store.put(item.key(), told.next());
                String json = ChangeJson.write(feed, told.change());
                context.forward(new Record<Object, Object>(item.key(), json, rec.timestamp()), CHANGES);
            }
        } else {
            context.forward(new Record<Object, Object>(rec.value(), rec.value(), rec.timestamp()), REFUSED);
        }
    }
}
