package io.leat.job.wire;

import io.leat.core.Item;
import io.leat.core.Reading;
import io.leat.job.DeadLetter;
import io.leat.job.RawRecord;
import io.leat.job.Scrape;
import io.leat.job.Stretch;
import io.leat.job.window.Fold;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Tells Flink which of our serializers a type has.
 *
 * @param <T> the type
 */
public final class WireType<T> extends TypeInformation<T> {

    private static final long serialVersionUID = 1L;

    /** Raw records. */
    public static final WireType<RawRecord> RAW_RECORD = new WireType<>(RawRecord.class, RawRecordSerializer.INSTANCE);

    /** What was read of the raw topic. */
    public static final WireType<Scrape> SCRAPE = new WireType<>(Scrape.class, ScrapeSerializer.INSTANCE);

    /** Items. */
    public static final WireType<Item> ITEM = new WireType<>(Item.class, ItemSerializer.INSTANCE);

    /** What windows take from items. */
    public static final WireType<Reading> READING = new WireType<>(Reading.class, ReadingSerializer.INSTANCE);

    /** What is known of a window's span. */
    public static final WireType<Fold> FOLD = new WireType<>(Fold.class, FoldSerializer.INSTANCE);

    /** Dead letters. */
    public static final WireType<DeadLetter> DEAD_LETTER =
            new WireType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);

    /** What tasks saw of sites. */
    public static final WireType<Stretch> STRETCH = new WireType<>(Stretch.class, StretchSerializer.INSTANCE);

    private final Class<T> type;
    private final TypeSerializer<T> serializer;

    private WireType(Class<T> type, TypeSerializer<T> serializer) {
        this.type = type;
        this.serializer = serializer;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer.duplicate();
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WireType<?> that && that.type.equals(type);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type);
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof WireType;
    }
}
