package io.leat.app.cli;

import picocli.CommandLine.Option;

/** How a command that does something says what came of it. */
final class ResultAsJson {

    @Option(names = "--json", description = "Print the result, or what went wrong, as JSON.")
    private boolean json;

    boolean isJson() {
        return json;
    }
}
