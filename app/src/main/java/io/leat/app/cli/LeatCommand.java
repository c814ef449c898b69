package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code leat} command: its parts, and what becomes of their failures. */
@Command(
        name = "leat",
        mixinStandardHelpOptions = true,
        versionProvider = LeatCommand.Version.class,
        description = "Turns a stream of scrapes into a stream of real changes.",
        footer = {
            "",
            "Exit codes: 0 ok, 1 failed while running, 2 the feed file or command line is wrong,"
                    + " 3 the environment is, 130 stopped before its end.",
            "Logs: what runs until it is stopped says at its start where it logs; leat.log in the directory of --data, or --log."
                    + " LEAT_LOG_FORMAT=json writes each line as a JSON object.",
            "OpenTelemetry: run, gateway and deliver send figures and traces where OTEL_EXPORTER_OTLP_ENDPOINT says."
        },
        synopsisSubcommandLabel = "COMMAND")
public final class LeatCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "Print without colours, as NO_COLOR=1 in the environment does.")
    private boolean noColor;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print results and failures only, as LEAT_QUIET=1 in the environment does: no progress, no"
                    + " warnings, no hints.")
    private boolean quiet;

    /** The whole command line. */
    public static CommandLine commandLine(Surroundings given) {
        LeatCommand whole = new LeatCommand();
        Surroundings around =
                given.with(name -> whole.asks(name) ? "1" : given.env().apply(name));
        CommandLine line = new CommandLine(whole)
                .addSubcommand(new RunCommand(around))
                .addSubcommand(new DemoCommand(around))
                .addSubcommand(new GatewayCommand(around))
                .addSubcommand(new DeliverCommand(around))
                .addSubcommand(new SubmitCommand(around))
                .addSubcommand(new SavepointCommand(around))
                .addSubcommand(new UpgradeCommand(around))
                .addSubcommand(new KeysCommand(around))
                .addSubcommand(new ChangesCommand(around))
                .addSubcommand(new StatusCommand(around))
                .addSubcommand(new TopCommand(around))
                .addSubcommand(new TraceCommand(around))
                .addSubcommand(new ReportCommand(around))
                .addSubcommand(new AlertsCommand(around))
                .addSubcommand(DlqCommand.commandLine(around))
                .addSubcommand(new SubscriptionsCommand(around))
                .addSubcommand(new DeliveriesCommand(around))
                .addSubcommand(new HeldCommand(around))
                .addSubcommand(new ResetCommand(around))
                .addSubcommand(new CheckCommand(around))
                .addSubcommand(new NormalizeCommand(around))
                .addSubcommand(ContractCommand.commandLine(around))
                .addSubcommand(new TestCommand(around))
                .addSubcommand(new DoctorCommand(around))
                .addSubcommand(new PreviewCommand(around))
                .addSubcommand(new InitCommand(around))
                .addSubcommand(new CompletionCommand(around));
        line.setDefaultValueProvider(new FeedHere(Path.of("")));
        line.setUsageHelpAutoWidth(true);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(
                (problem, command, parsed) -> failed(problem, command.getParseResult(), around));
        line.setParameterExceptionHandler((problem, args) -> {
            Speech speech = new Speech(around, List.of(args).contains("--json"));
            speech.failure(new Failure(
                    Exit.FEED_FILE,
                    "LEAT-400",
                    sentence(String.valueOf(problem.getMessage())),
                    similar(problem)
                            + "See '%s --help'."
                                    .formatted(problem.getCommandLine()
                                            .getCommandSpec()
                                            .qualifiedName())));
            return Exit.FEED_FILE.code();
        });
        return line;
    }

    /** Whether an option says what this variable would. */
    private boolean asks(String variable) {
        return switch (variable) {
            case "NO_COLOR" -> noColor;
            case "LEAT_QUIET" -> quiet;
            default -> false;
        };
    }

    /** What may have been meant instead of a word that is not known. */
    private static String similar(CommandLine.ParameterException problem) {
        List<String> similar = problem instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
        return similar.isEmpty() ? "" : "Did you mean '%s'? ".formatted(similar.get(0));
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + ".";
    }

    private static int failed(Exception problem, ParseResult parsed, Surroundings around) {
        LoggerFactory.getLogger(LeatCommand.class).error("The command failed", problem);
        Failure failure = Unforeseen.failure(problem);
        new Speech(around, parsed.hasMatchedOption("--json"))
                .failure(failure, around.log().isWritten());
        return failure.exit().code();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The version of this build. */
    static String version() {
        String version = LeatCommand.class.getPackage().getImplementationVersion();
        return version == null ? "(unpacked)" : version;
    }

    /** What {@code --version} prints. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"leat " + version()};
        }
    }
}
