package io.leat.bench.flinksink;

import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.format.ScrapeReader;
import io.leat.job.RawRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The parse every system does; what is refused goes to a side output as it came. */
@SuppressWarnings("NullAway.Init") // Flink calls open first
final class ParseFunction extends ProcessFunction<RawRecord, Item> {

    private static final long serialVersionUID = 1L;

    static final OutputTag<byte[]> REFUSED =
            new OutputTag<>("refused", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private final Feed feed;
    private transient ScrapeReader reader;

    ParseFunction(Feed feed) {
        this.feed = feed;
    }

    @Override
    public void open(OpenContext context) {
        reader = new ScrapeReader(feed);
    }

    @Override
    public void processElement(RawRecord rec, Context context, Collector<Item> out) {
        Position position = new Position(rec.topic(), rec.partition(), rec.offset());
        Verdict verdict = reader.read(rec.value(), rec.timestamp(), position);
        if (verdict instanceof Verdict.Kept kept) {
            out.collect(kept.item());
        } else if (rec.value() != null) {
            context.output(REFUSED, rec.value());
        }
    }
}
