package io.leat.format.contract;

import io.leat.core.Feed;
import io.leat.core.Limits;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A contract compiled into checks that run over a record where it lies, without a tree and mostly without a text. */
final class CompiledContract implements Contract {

    private final String version;
    private final Check check;
    private final Steps steps;
    private final Trial trial;

    private CompiledContract(String version, Check check, Steps steps) {
        this.version = version;
        this.check = check;
        this.steps = steps;
        this.trial = new Trial(steps);
    }

    /**
     * Compiles a schema that is known to be one, {@code null} if it uses what only a general validator knows.
     *
     * @throws IllegalArgumentException if a pattern in it is none, or if it refers to itself without end
     */
    static @Nullable CompiledContract compile(Feed.ContractSource source, boolean assertsFormats) {
        DocumentReader reader = new DocumentReader(Limits.WIDEST);
        if (reader.read(source.schema().getBytes(StandardCharsets.UTF_8)) != null) {
            return null;
        }
        Steps steps = new Steps();
        try {
            Check check = new SchemaCompiler(reader.document(), assertsFormats, steps).compile();
            return new CompiledContract(source.version(), check, steps);
        } catch (NotCompilable e) {
            return null;
        }
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public @Nullable Breach broken(Document rec) {
        steps.refill(rec.source().length);
        try {
            return check.passes(rec, Document.ROOT, trial) ? null : trial.breach(rec);
        } catch (Steps.Spent e) {
            return Trial.tooCostly();
        }
    }

    @Override
    public boolean isCompiled() {
        return true;
    }
}
