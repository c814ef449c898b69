package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.log.SafeText;
import io.leat.core.Limits;
import io.leat.format.ContractTrial;
import io.leat.format.contract.Compatibility;
import io.leat.format.contract.Compatibility.Difference;
import io.leat.format.contract.Findings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat contract check}: what a contract, or a change of it, would mean for records. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Says which records would break a contract, by field and rule, and what a change of contract means."
                        + " Touches no state.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ContractCheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SCHEMA", description = "The contract: a JSON Schema file.")
    private Path file;

    @Option(names = "--old", paramLabel = "SCHEMA", description = "The contract that it is to replace.")
    private @Nullable Path oldFile;

    @Mixin
    private RecordsOption records = new RecordsOption();

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    private final Surroundings around;

    ContractCheckCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        SchemaFile now = SchemaFile.read(file);
        SchemaFile old = oldFile == null ? null : SchemaFile.read(oldFile);
        List<Difference> differences = old == null ? List.of() : Compatibility.between(old.text(), now.text());
        ContractTrial trial = new ContractTrial(now.contract(), old == null ? null : old.contract(), Limits.DEFAULT);
        if (records.isGiven()) {
            int exit = records.read(around, new Speech(around, json), trial::take);
            if (exit != Exit.OK.code()) {
                return exit;
            }
        }
        if (json) {
            new Speech(around, true).object(report(now, old, differences, trial));
        } else {
            tell(now, old, differences, trial);
        }
        return (around.stop().asked() == null ? Exit.OK : around.stop().cutShort()).code();
    }

    private void tell(SchemaFile now, @Nullable SchemaFile old, List<Difference> differences, ContractTrial trial) {
        line("%s: a contract that %s.".formatted(file, engine(now)));
        if (old != null) {
            line(Compatibility.verdict(differences));
            differences.forEach(one -> line("  %-8s %s %s"
                    .formatted(
                            one.effect().name().toLowerCase(Locale.ROOT),
                            one.field().isEmpty() ? "the record" : one.field(),
                            one.sentence())));
        }
        if (!records.isGiven()) {
            return;
        }
        line(String.format(
                Locale.ROOT, "%,d records: %,d keep it, %,d break it", trial.records(), trial.kept(), trial.broken()));
        if (old != null) {
            line(String.format(
                    Locale.ROOT,
                    "%,d of these kept the old one; %,d that broke the old one keep it",
                    trial.newlyBroken(),
                    trial.newlyKept()));
        }
        for (Findings.Finding finding : trial.findings().byCount()) {
            line(String.format(
                    Locale.ROOT,
                    "%,8d  %s",
                    finding.count(),
                    finding.field().isEmpty() ? finding.code() : finding.field()));
            finding.samples().forEach(sample -> line("          %s: %s".formatted(sample.place(), sample.message())));
        }
    }

    private void line(String text) {
        around.out().println(SafeText.of(text));
    }

    private static String engine(SchemaFile schema) {
        return schema.contract().isCompiled() ? "is compiled" : "the general validator checks, which costs more";
    }

    private Map<String, Object> report(
            SchemaFile now, @Nullable SchemaFile old, List<Difference> differences, ContractTrial trial) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("contract", file.toString());
        report.put("compiled", now.contract().isCompiled());
        if (old != null) {
            report.put("verdict", Compatibility.verdict(differences));
            report.put(
                    "differences",
                    differences.stream().map(ContractCheckCommand::members).toList());
        }
        if (records.isGiven()) {
            report.put("records", trial.records());
            report.put("kept", trial.kept());
            report.put("broken", trial.broken());
            if (old != null) {
                report.put("newly_broken", trial.newlyBroken());
                report.put("newly_kept", trial.newlyKept());
            }
            List<Map<String, Object>> findings = new ArrayList<>();
            trial.findings().byCount().forEach(finding -> findings.add(members(finding)));
            report.put("findings", findings);
        }
        return report;
    }

    private static Map<String, Object> members(Difference difference) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("effect", difference.effect().name().toLowerCase(Locale.ROOT));
        members.put("field", difference.field());
        members.put("sentence", difference.sentence());
        return members;
    }

    private static Map<String, Object> members(Findings.Finding finding) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", finding.code());
        members.put("field", finding.field());
        members.put("rule", finding.rule());
        members.put("count", finding.count());
        members.put(
                "samples",
                finding.samples().stream()
                        .map(sample -> Map.of("place", sample.place(), "message", sample.message()))
                        .toList());
        return members;
    }
}
