package io.leat.job.window;

import io.leat.core.Reading;
import io.leat.core.Window;
import org.apache.flink.api.common.functions.AggregateFunction;

/** Folds readings into what is known of a span. */
final class FoldFunction implements AggregateFunction<Reading, Fold, Fold> {

    private static final long serialVersionUID = 1L;

    private final Window window;

    FoldFunction(Window window) {
        this.window = window;
    }

    @Override
    public Fold createAccumulator() {
        return Fold.empty(window);
    }

    @Override
    public Fold add(Reading reading, Fold fold) {
        fold.add(window, reading);
        return fold;
    }

    @Override
    public Fold getResult(Fold fold) {
        return fold;
    }

    @Override
    public Fold merge(Fold one, Fold other) {
        throw new UnsupportedOperationException("spans of fixed length do not merge");
    }
}
