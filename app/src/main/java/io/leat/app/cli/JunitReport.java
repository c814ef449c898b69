package io.leat.app.cli;

import java.util.List;

/** Results of scenarios in the form that build servers read. */
final class JunitReport {

    private JunitReport() {}

    static String of(List<TestCommand.Result> results) {
        long failed = results.stream().filter(each -> !each.holds()).count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"leat test\" tests=\"%s\" failures=\"%s\" errors=\"0\" skipped=\"0\">\n"
                .formatted(results.size(), failed));
        for (TestCommand.Result result : results) {
            xml.append("  <testcase classname=\"leat\" name=\"%s\"".formatted(escaped(result.name())));
            if (result.holds()) {
                xml.append("/>\n");
            } else {
                xml.append(">\n    <failure message=\"%s\">%s</failure>\n  </testcase>\n"
                        .formatted(
                                escaped(result.differences().get(0)),
                                escaped(String.join("\n", result.differences()))));
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    /** Fit for XML 1.0, which has no control characters at all. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\n' -> safe.append("&#10;");
                default -> safe.appendCodePoint(isAllowed(c) ? c : '?');
            }
        });
        return safe.toString();
    }

    private static boolean isAllowed(int c) {
        return (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
