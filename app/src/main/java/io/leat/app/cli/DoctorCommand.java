package io.leat.app.cli;

import io.leat.app.doctor.ClusterLook;
import io.leat.app.doctor.Finding;
import io.leat.app.doctor.MachineLook;
import io.leat.app.doctor.SinkEnd;
import io.leat.app.doctor.SinkLook;
import io.leat.app.embedded.Broker;
import io.leat.app.embedded.FeedRun;
import io.leat.app.exit.Exit;
import io.leat.app.log.SafeText;
import io.leat.format.feedfile.FeedFile;
import io.leat.gateway.GatewaySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat doctor}: will it run here? */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Looks at Java, memory, disk and ports, at the feed file, at Kafka with its version, clock, topics and"
                        + " rights, and at the sinks; says what is fit and what to do about the rest. Changes nothing.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DoctorCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FEED.yaml", arity = "0..1", description = "The feed file, if there is one yet.")
    private @Nullable Path file;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Look at this Kafka, not at an embedded one.")
    private @Nullable String kafka;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + FeedRun.Settings.DEFAULT_PORT,
            converter = WholeNumber.Port.class,
            description = "Where the embedded Kafka would listen; default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--http-port",
            paramLabel = "N",
            defaultValue = "" + GatewaySettings.DEFAULT_PORT,
            converter = WholeNumber.Port.class,
            description = "Where HTTP would be served; default: ${DEFAULT-VALUE}.")
    private int httpPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".leat",
            description = "The directory of the run; default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(names = "--json", description = "Print the findings as one JSON object.")
    private boolean json;

    private final Surroundings around;

    DoctorCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>(
                MachineLook.at(data, kafka == null ? port : 0, httpPort).findings());
        FeedFile.Valid feed = file == null ? null : read(file, findings);
        if (feed != null && kafka != null) {
            Broker broker = new Broker(kafka, feed.feed().source().properties());
            findings.addAll(ClusterLook.at(broker, feed.feed(), feed.sinks(), around.clock())
                    .findings());
        }
        if (feed != null) {
            feed.sinks().stream().map(SinkLook::at).map(SinkEnd::finding).forEach(findings::add);
        }
        long unfit = findings.stream().filter(each -> !each.isFit()).count();
        if (json) {
            new Speech(around, true)
                    .object(Map.of(
                            "fit",
                            unfit == 0,
                            "findings",
                            findings.stream().map(DoctorCommand::members).toList()));
        } else {
            findings.forEach(this::print);
            around.out().println(unfit == 0 ? "Nothing stands in the way." : unfit + " to be seen to.");
        }
        return (unfit == 0 ? Exit.OK : Exit.ENVIRONMENT).code();
    }

    private FeedFile.@Nullable Valid read(Path given, List<Finding> findings) {
        FeedFile.Outcome outcome = FeedFile.read(given, around.env());
        if (outcome instanceof FeedFile.Valid valid) {
            findings.add(new Finding(
                    "feed file", true, "feed '%s'".formatted(valid.feed().name()), ""));
            return valid;
        }
        ((FeedFile.Invalid) outcome)
                .problems()
                .forEach(problem -> findings.add(
                        new Finding("feed file", false, problem.code() + " " + problem.message(), problem.hint())));
        return null;
    }

    private void print(Finding finding) {
        around.out()
                .println((finding.isFit() ? "ok    " : "LOOK  ") + SafeText.of(finding.what() + ": " + finding.says()));
        if (!finding.advice().isEmpty()) {
            around.out().println("      " + SafeText.of(finding.advice()));
        }
    }

    private static Map<String, Object> members(Finding finding) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("what", finding.what());
        members.put("fit", finding.isFit());
        members.put("says", finding.says());
        members.put("advice", finding.advice());
        return members;
    }
}
