package io.leat.app.cli;

import io.leat.app.log.ChangeText;
import io.leat.app.log.SafeText;
import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.preview.Fate;
import io.leat.format.preview.Preview;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** A preview as people and programs read it. */
final class PreviewReport {

    private final Preview preview;
    private final FeedFile.Valid old;
    private final FeedFile.Valid now;
    private final ClientCounts told;
    private final ClientCounts tells;
    private final boolean more;

    /**
     * @param preview has taken all the records
     * @param old the file that is
     * @param now the file to be
     * @param told what the old one told, by client
     * @param tells what the new one tells, by client
     * @param more whether there were more records than were looked at
     */
    PreviewReport(
            Preview preview,
            FeedFile.Valid old,
            FeedFile.Valid now,
            ClientCounts told,
            ClientCounts tells,
            boolean more) {
        this.preview = preview;
        this.old = old;
        this.now = now;
        this.told = told;
        this.tells = tells;
        this.more = more;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("old: " + Speech.sentence(preview.oldTally()));
        lines.add("new: " + Speech.sentence(preview.newTally()));
        lines.add("");
        lines.add(
                String.format(Locale.ROOT, "%,d of %,d records end otherwise", preview.differing(), preview.records()));
        table(lines, "by rule", preview.byRule());
        table(lines, "changes by site", preview.bySite());
        table(lines, "by client", clients());
        if (!preview.differences().isEmpty()) {
            lines.add("");
            lines.add("the first of them");
            preview.differences().forEach(difference -> {
                lines.add("  record " + difference.number());
                lines.add("    old: " + text(difference.old(), old.feed()));
                lines.add("    new: " + text(difference.now(), now.feed()));
            });
        }
        lines.add("");
        lines.add(state());
        if (more) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Only the first %,d records were looked at; --first N looks at more.",
                    preview.records()));
        }
        return lines;
    }

    private String state() {
        String lost = preview.whyStateIsLost();
        if (lost != null) {
            return "What is known cannot be kept: " + lost + ".";
        }
        String again = preview.readAgain() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        " Of %,d keys the new file reads it as another value: it is read again at their next record.",
                        preview.readAgain());
        return "What is known is kept%s.%s"
                .formatted(
                        preview.toldAgain() == 0
                                ? ": no key would be told again"
                                : String.format(
                                        Locale.ROOT,
                                        ", but %,d keys would be told once more if they were scraped again as they were",
                                        preview.toldAgain()),
                        again);
    }

    private static void table(List<String> lines, String title, List<Preview.Pair> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        lines.add("");
        int width = pairs.stream().mapToInt(pair -> pair.what().length()).max().orElse(0);
        String row = "  %-" + Math.max(width, title.length()) + "s  %12s  %12s";
        lines.add(String.format(Locale.ROOT, row, title, "old", "new").stripTrailing());
        pairs.forEach(pair -> lines.add(SafeText.of(String.format(
                Locale.ROOT,
                row,
                pair.what(),
                String.format(Locale.ROOT, "%,d", pair.old()),
                String.format(Locale.ROOT, "%,d", pair.now())))));
    }

    private List<Preview.Pair> clients() {
        TreeSet<String> names = new TreeSet<>(told.counts().keySet());
        names.addAll(tells.counts().keySet());
        return names.stream()
                .map(name -> new Preview.Pair(
                        name,
                        told.counts().getOrDefault(name, 0L),
                        tells.counts().getOrDefault(name, 0L)))
                .toList();
    }

    private static String text(Fate fate, Feed feed) {
        Change change = fate.change();
        if (change != null) {
            return new ChangeText(feed).line(change);
        }
        return switch (fate.kind()) {
            case HELD -> "held";
            case REFUSED -> "refused: " + SafeText.of(fate.why());
            default -> "nothing is told";
        };
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("records", preview.records());
        members.put("more", more);
        members.put("differing", preview.differing());
        members.put("old", Speech.members(old.feed().name(), preview.oldTally()));
        members.put("new", Speech.members(now.feed().name(), preview.newTally()));
        members.put("by_rule", members(preview.byRule()));
        members.put("by_site", members(preview.bySite()));
        members.put("by_client", members(clients()));
        members.put("state_kept", preview.whyStateIsLost() == null);
        members.put("keys", preview.keys());
        members.put("read_again", preview.readAgain());
        members.put("told_again", preview.toldAgain());
        return members;
    }

    private static List<Map<String, Object>> members(List<Preview.Pair> pairs) {
        List<Map<String, Object>> members = new ArrayList<>();
        for (Preview.Pair pair : pairs) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("what", pair.what());
            one.put("old", pair.old());
            one.put("new", pair.now());
            members.add(one);
        }
        return members;
    }
}
