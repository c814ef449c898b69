package io.leat.job;

import io.leat.core.Feed;
import io.leat.core.Item;
import io.leat.job.log.ChangeLog;
import io.leat.job.log.LogWatch;
import java.util.Set;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the change operator of each subtask. */
public final class ChangeOperatorFactory extends AbstractStreamOperatorFactory<Void>
        implements OneInputStreamOperatorFactory<Item, Void> {

    private static final long serialVersionUID = 1L;

    private final Feed feed;
    private final String rawTopicId;
    private final int logPartitions;
    private final ChangeLog.Opener opener;
    private final Set<Refusal.Code> accepted;
    private final LogWatch watch;

    /**
     * @param rawTopicId the id of the topic that the items stand in
     * @param logPartitions how many partitions the log's topic has
     * @param opener opens the log
     * @param accepted refusals that a person has overridden
     * @param watch is told when a snapshot is taken
     */
    public ChangeOperatorFactory(
            Feed feed,
            String rawTopicId,
            int logPartitions,
            ChangeLog.Opener opener,
            Set<Refusal.Code> accepted,
            LogWatch watch) {
        this.feed = feed;
        this.rawTopicId = rawTopicId;
        this.logPartitions = logPartitions;
        this.opener = opener;
        this.accepted = Set.copyOf(accepted);
        this.watch = watch;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
    public <T extends StreamOperator<Void>> T createStreamOperator(StreamOperatorParameters<Void> parameters) {
        return (T) new ChangeOperator(parameters, feed, rawTopicId, logPartitions, opener, accepted, watch);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return ChangeOperator.class;
    }
}
