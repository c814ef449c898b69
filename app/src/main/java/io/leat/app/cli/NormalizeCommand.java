package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.SafeText;
import io.leat.format.NormalizerTrial;
import io.leat.format.feedfile.DeclaredNormalizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat normalize}: what a normalizer makes of texts, and why. */
@Command(
        name = "normalize",
        mixinStandardHelpOptions = true,
        description =
                "Says what a normalizer makes of texts, and why. Touches no state. Ends with 1 if a text is refused.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NormalizeCommand implements Callable<Integer> {

    @Option(names = "--as", required = true, paramLabel = "NORMALIZER", description = "What the texts are: money, …")
    private String as;

    @Option(names = "--locale", paramLabel = "LOCALE", description = "Where they were written: de, en-IN.")
    private @Nullable String locale;

    @Option(
            names = {"-o", "--option"},
            paramLabel = "KEY=VALUE",
            description = "A key of the normalizer as in a feed file, such as several=lowest. May be repeated.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--beside",
            paramLabel = "FIELD=TEXT",
            description = "Another field of the record: currency=USD, unit=kg. May be repeated.")
    private Map<String, String> beside = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print one JSON object a text.")
    private boolean json;

    @Parameters(paramLabel = "TEXT", arity = "1..*", description = "The texts; - reads them from stdin, one a line.")
    private List<String> texts;

    private final Surroundings around;

    NormalizeCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        DeclaredNormalizer declared = DeclaredNormalizer.of(declaration());
        if (declared.normalization() == null) {
            new Speech(around, json).problems("normalize", declared.problems(), List.of());
            return Exit.FEED_FILE.code();
        }
        NormalizerTrial trial = new NormalizerTrial(declared.normalization());
        boolean isRefused = false;
        for (String text : texts) {
            if (text.equals("-")) {
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    isRefused |= !tell(line, trial);
                }
            } else {
                isRefused |= !tell(text, trial);
            }
        }
        return isRefused ? Exit.RUNTIME.code() : Exit.OK.code();
    }

    private Map<String, String> declaration() {
        Map<String, String> declaration = new LinkedHashMap<>();
        declaration.put("as", as);
        if (locale != null) {
            declaration.put("locale", locale);
        }
        if (as.equals("money") || as.equals("unit_price")) {
            declaration.put("currency", "currency");
        }
        if (as.equals("unit_price")) {
            declaration.put("unit", "unit");
        }
        options.forEach((key, value) -> {
            if (key.contains("\n") || value.contains("\n")) {
                throw new Failure(
                        Exit.FEED_FILE, "LEAT-400", "An option is one line.", "Write it without line breaks.");
            }
            declaration.put(key, value);
        });
        return declaration;
    }

    /** Prints what became of a text; false if it was refused. */
    private boolean tell(String text, NormalizerTrial trial) {
        NormalizerTrial.Answer answer = trial.read(text, beside);
        if (json) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("text", text);
            told.put("as", as);
            told.put("values", answer.values());
            told.put("refused", answer.why());
            told.put("reading", answer.reading());
            new Speech(around, true).object(told);
        } else {
            StringBuilder line = new StringBuilder(text).append("  →  ");
            line.append(answer.why() != null ? answer.why() : String.join("  ", shown(answer.values())));
            around.out().println(SafeText.of(line.toString()));
            answer.reading().forEach(sentence -> around.out().println(SafeText.of("    " + sentence)));
        }
        return answer.why() == null;
    }

    private List<String> shown(Map<String, String> values) {
        return values.entrySet().stream()
                .map(field ->
                        field.getKey().equals("value") ? field.getValue() : field.getKey() + " " + field.getValue())
                .toList();
    }
}
