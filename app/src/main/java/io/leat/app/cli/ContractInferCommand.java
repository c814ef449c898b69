package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.core.Limits;
import io.leat.format.contract.Inference;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import io.leat.format.json.JsonKind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat contract infer}: a contract that records keep already. */
@Command(
        name = "infer",
        mixinStandardHelpOptions = true,
        description =
                "Proposes a contract from records: what all of them have in common, to be read and made stricter.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ContractInferCommand implements Callable<Integer> {

    @Mixin
    private RecordsOption records = new RecordsOption();

    @Option(names = "--json", description = "Print counts and schema as one JSON object.")
    private boolean json;

    private final Surroundings around;
    private final DocumentReader reader = new DocumentReader(Limits.DEFAULT);
    private long skipped;

    ContractInferCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Speech speech = new Speech(around, json);
        // Made here: it makes loggers, which must not be before another command has said where they go.
        Inference inference = new Inference();
        int exit = records.read(around, speech, (value, place) -> take(value, inference));
        if (exit != Exit.OK.code()) {
            return exit;
        }
        if (inference.records() == 0) {
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-441",
                    "None of the records is a JSON object.",
                    "There is nothing to learn from.");
        }
        if (json) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("records", inference.records());
            report.put("skipped", skipped);
            report.put("schema", inference.schema());
            speech.object(report);
        } else {
            around.notice(
                    String.format(Locale.ROOT, "from %,d records, %,d others skipped", inference.records(), skipped));
            around.out().print(inference.schema());
            around.out().flush();
        }
        return (around.stop().asked() == null ? Exit.OK : around.stop().cutShort()).code();
    }

    private void take(byte @Nullable [] value, Inference inference) {
        boolean isObject =
                value != null && reader.read(value) == null && reader.document().kind(Document.ROOT) == JsonKind.OBJECT;
        if (isObject) {
            inference.add(reader.document());
        } else {
            skipped++;
        }
    }
}
