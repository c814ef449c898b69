package io.leat.job;

import io.leat.core.Item;
import io.leat.core.Order;
import java.time.Duration;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.jspecify.annotations.Nullable;

/** Makes the order operator of each subtask. */
final class OrderOperatorFactory extends AbstractStreamOperatorFactory<Item>
        implements OneInputStreamOperatorFactory<Item, Item> {

    private static final long serialVersionUID = 1L;

    private final Order order;
    private final @Nullable Duration memory;

    /** @param memory how far event time goes beyond a key until it is forgotten; {@code null}: none is */
    OrderOperatorFactory(Order order, @Nullable Duration memory) {
        this.order = order;
        this.memory = memory;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
    public <T extends StreamOperator<Item>> T createStreamOperator(StreamOperatorParameters<Item> parameters) {
        return (T) new OrderOperator(parameters, order, memory);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return OrderOperator.class;
    }
}
