package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import io.leat.format.contract.Contract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A contract named on the command line.
 *
 * @param text the schema
 * @param contract the same, compiled
 */
record SchemaFile(String text, Contract contract) {

    private static final int MOST_BYTES = 1 << 20;

    /**
     * Reads and compiles a contract.
     *
     * @throws Failure if there is none
     */
    static SchemaFile read(Path file) {
        String text;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw wrong(file, "It is longer than 1048576 bytes.");
            }
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Failure.environment(
                            "LEAT-410",
                            "The contract '%s' cannot be read.".formatted(file),
                            "Check the path and its permissions.")
                    .because(e);
        }
        try {
            return new SchemaFile(text, Contract.compile(new Feed.ContractSource(file.toString(), text)));
        } catch (IllegalArgumentException e) {
            throw wrong(file, String.valueOf(e.getMessage()));
        }
    }

    private static Failure wrong(Path file, String why) {
        return new Failure(Exit.FEED_FILE, "LEAT-440", "The contract '%s' cannot be used.".formatted(file), why);
    }
}
