package io.leat.job;

import io.leat.core.Item;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the contract operator of each subtask. */
final class ContractOperatorFactory extends AbstractStreamOperatorFactory<Item>
        implements OneInputStreamOperatorFactory<Scrape, Item> {

    private static final long serialVersionUID = 1L;

    private final RawProgress progress;
    private final int keyGroups;

    /** @param keyGroups how many key groups hear of the end of the input; 0 if nobody waits for it */
    ContractOperatorFactory(RawProgress progress, int keyGroups) {
        this.progress = progress;
        this.keyGroups = keyGroups;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
    public <T extends StreamOperator<Item>> T createStreamOperator(StreamOperatorParameters<Item> parameters) {
        return (T) new ContractOperator(parameters, progress, keyGroups);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return ContractOperator.class;
    }
}
