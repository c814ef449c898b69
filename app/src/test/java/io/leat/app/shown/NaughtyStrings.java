package io.leat.app.shown;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.testkit.PlainJson;
import io.leat.testkit.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.StringNode;

/** The big list of naughty strings: whoever made it had broken many programs with them. */
final class NaughtyStrings {

    private NaughtyStrings() {}

    /** All of them; ends the test, visibly, where the list is absent. */
    static List<String> all() {
        assumeTrue(SharedData.isPresent("naughty strings"));
        try {
            byte[] list =
                    Files.readAllBytes(SharedData.corpus("naughty-strings").resolve("blns.json"));
            List<String> strings = new ArrayList<>();
            PlainJson.parse(list).forEach(node -> strings.add(node.stringValue()));
            return strings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of them as JSON. */
    static String quoted(String naughty) {
        return PlainJson.text(StringNode.valueOf(naughty));
    }
}
