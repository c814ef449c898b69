package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.ChangeText;
import io.leat.core.Feed;
import io.leat.core.Tally;
import io.leat.format.contract.Findings;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.feedfile.Starter;
import io.leat.format.propose.Proposal;
import io.leat.format.propose.Proposing;
import io.leat.format.propose.Rehearsal;
import io.leat.format.propose.Scrapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Proposes a feed file, tries it on the records it was made from, and writes it with what came of that. */
final class FeedProposal {

    /** So many records are tried: with more of them, what is remembered of each key could fill the memory. */
    private static final long MOST_TRIED = 1_000_000;

    private static final double MANY_REFUSED = 0.01;

    private final Surroundings around;
    private final Path dir;
    private final String name;

    FeedProposal(Surroundings around, Path dir, String name) {
        this.around = around;
        this.dir = dir;
        this.name = name;
    }

    /**
     * Reads the records, writes the files and says what they come to.
     *
     * @param source what the records are called
     * @throws Failure if too little is plain; nothing is written then
     */
    Exit of(String source, Scrapes scrapes, Proposal.Answers answers, boolean json) {
        Proposal proposal = new Proposing(name, Starter.CONTRACT_FILE, answers).from(scrapes);
        if (around.stop().asked() != null) {
            return around.stop().cutShort();
        }
        if (proposal instanceof Proposal.Questions questions) {
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-442",
                    String.join(" ", questions.asked()),
                    "Nothing was written. 'leat init DIR' without records writes a feed file to fill in.");
        }
        Proposal.Files files = (Proposal.Files) proposal;
        Path feedFile = dir.resolve("feed.yaml");
        write(dir.resolve(Starter.CONTRACT_FILE), files.contract());
        write(feedFile, files.feed());
        Feed feed = read(feedFile);
        Rehearsal rehearsal = new Rehearsal(feed, change -> {});
        long[] tried = {0};
        scrapes.read((value, share) -> {
            rehearsal.take(value, around.clock().millis());
            return ++tried[0] < MOST_TRIED;
        });
        List<String> doubts = new ArrayList<>(files.doubts());
        doubts.addAll(refused(rehearsal));
        write(feedFile, head(source, rehearsal, feed, doubts) + files.feed());
        tell(feedFile, rehearsal, feed, doubts, json);
        return around.stop().asked() == null ? Exit.OK : around.stop().cutShort();
    }

    private Feed read(Path file) {
        FeedFile.Outcome outcome = FeedFile.read(file, around.env());
        if (outcome instanceof FeedFile.Valid valid) {
            return valid.feed();
        }
        throw new IllegalStateException("the proposed file is wrong: " + ((FeedFile.Invalid) outcome).problems());
    }

    private static List<String> refused(Rehearsal rehearsal) {
        Tally tally = rehearsal.tally();
        List<String> doubts = new ArrayList<>();
        if (tally.dead() > MANY_REFUSED * tally.in()) {
            for (Findings.Finding finding : rehearsal.refusals().byCount()) {
                doubts.add(String.format(
                        Locale.ROOT,
                        "dead letters: %,d records by %s%s.",
                        finding.count(),
                        finding.code(),
                        finding.field().isEmpty() ? "" : " of " + finding.field()));
            }
        }
        return doubts.subList(0, Math.min(3, doubts.size()));
    }

    private static String head(String source, Rehearsal rehearsal, Feed feed, List<String> doubts) {
        StringBuilder head = new StringBuilder();
        head.append("# Proposed from ").append(source).append(". Every line is a guess with what speaks for it.\n");
        head.append("# ").append(outcome(rehearsal)).append('\n');
        examples(rehearsal, feed)
                .forEach(line -> head.append("#   ").append(line).append('\n'));
        if (!doubts.isEmpty()) {
            head.append("# Please look at:\n");
            doubts.forEach(doubt -> head.append("#   ").append(doubt).append('\n'));
        }
        return head.append('\n').toString();
    }

    /** What the file comes to, in a sentence. */
    static String outcome(Rehearsal rehearsal) {
        Tally tally = rehearsal.tally();
        return String.format(
                Locale.ROOT,
                "%.1f %% of %,d records would be suppressed; %,d new keys, %,d changes, %,d dead letters.",
                100 * tally.suppressedShare(),
                tally.in(),
                tally.changed() - rehearsal.updates(),
                rehearsal.updates(),
                tally.dead());
    }

    private static List<String> examples(Rehearsal rehearsal, Feed feed) {
        ChangeText text = new ChangeText(feed);
        return rehearsal.examples().stream().map(text::line).toList();
    }

    private void tell(Path feedFile, Rehearsal rehearsal, Feed feed, List<String> doubts, boolean json) {
        List<String> written = List.of(
                feedFile.normalize().toString(),
                dir.resolve(Starter.CONTRACT_FILE).normalize().toString());
        if (json) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("written", written);
            members.put("doubts", doubts);
            members.put("updates", rehearsal.updates());
            members.put("tally", Speech.members(feed.name(), rehearsal.tally()));
            new Speech(around, true).object(members);
            return;
        }
        written.forEach(each -> around.out().println("wrote " + each));
        around.out().println();
        around.out().println(outcome(rehearsal));
        examples(rehearsal, feed).forEach(line -> around.out().println("  " + line));
        doubts.forEach(doubt -> around.out().println("Please look at " + doubt));
        around.out().flush();
    }

    private void write(Path file, String content) {
        try {
            Files.createDirectories(dir);
            Files.writeString(file, content);
        } catch (IOException e) {
            throw Failure.environment(
                            "LEAT-403",
                            "'%s' cannot be written: %s.".formatted(file, e.getMessage()),
                            "Give a directory you may write to.")
                    .because(e);
        }
    }
}
