package io.leat.job.window;

import io.leat.core.Item;
import io.leat.core.Order;
import io.leat.core.Reading;
import io.leat.core.Window;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the reading operator of each subtask. */
final class ReadingOperatorFactory extends AbstractStreamOperatorFactory<Reading>
        implements OneInputStreamOperatorFactory<Item, Reading> {

    private static final long serialVersionUID = 1L;

    private final List<Window> windows;
    private final Order order;

    ReadingOperatorFactory(List<Window> windows, Order order) {
        this.windows = List.copyOf(windows);
        this.order = order;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
    public <T extends StreamOperator<Reading>> T createStreamOperator(StreamOperatorParameters<Reading> parameters) {
        return (T) new ReadingOperator(parameters, windows, order);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return ReadingOperator.class;
    }
}
