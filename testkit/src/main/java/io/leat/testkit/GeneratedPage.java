package io.leat.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A page that is written from code and committed: {@code -Dleat.docs.write=true} writes it, all else compares. */
public final class GeneratedPage {

    private GeneratedPage() {}

    /**
     * Compares a page with what the code says now.
     *
     * @throws AssertionError if it is stale, with the first line that differs
     */
    public static void check(Path page, String text) {
        try {
            if (Boolean.getBoolean("leat.docs.write")) {
                Files.createDirectories(page.toAbsolutePath().getParent());
                Files.writeString(page, text);
            }
            String found = Files.exists(page) ? Files.readString(page).replace("\r\n", "\n") : "";
            if (!found.equals(text)) {
                throw new AssertionError("%s is stale: run the tests with -Dleat.docs.write=true. %s"
                        .formatted(
                                page,
                                difference(found.lines().toList(), text.lines().toList())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String difference(List<String> found, List<String> expected) {
        int line = 0;
        while (line < found.size() && line < expected.size() && found.get(line).equals(expected.get(line))) {
            line++;
        }
        return "Line %s is '%s' and should be '%s'.".formatted(line + 1, at(found, line), at(expected, line));
    }

    private static String at(List<String> lines, int line) {
        return line < lines.size() ? lines.get(line) : "";
    }
}
