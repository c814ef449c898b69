package io.leat.job;

import io.leat.core.Feed;
import io.leat.core.Footing;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Sameness;
import io.leat.format.Rereader;
import io.leat.format.ToldReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that what is known was read by, where the feed file has others now: what is known of a key is read again when its
 * next scrape comes. Checkpoints hold them, each record of the change log names them. Used by the task's thread.
 */
final class FormerRules {

    private static final Logger LOG = LoggerFactory.getLogger(FormerRules.class);

    /** A feed file changed more often has keys that were not seen through all of it: they are adopted as they come. */
    private static final int MOST = 64;

    private static final String RULES = "rules ";
    private static final String UNMARKED = "unmarked ";
    private static final String ADOPT = "adopt ";
    private static final String RETELL = "retell ";

    private final Feed feed;
    private final Sameness now;
    private final Footing current;
    /** What an earlier version, which left the key out of them, named the present rules. */
    private final int unkeyed;
    /** By their fingerprints, the oldest first. */
    private final Map<Integer, Sameness> known = new LinkedHashMap<>();

    private final Set<Integer> adopted = new HashSet<>();
    private final Set<Integer> retold = new HashSet<>();
    private final Map<Integer, Rereader> rereaders = new HashMap<>();
    private final Map<Integer, ToldReader> toldReaders = new HashMap<>();
    /** One for all keys. */
    private final Map<Integer, Footing> footings = new HashMap<>();
    /** The rules of whatever nobody marked. */
    private int unmarked;
    /** How many keys were told last by rules that nobody knows, and by which. */
    private final Map<Integer, Long> unknown = new LinkedHashMap<>();

    private FormerRules(Feed feed, boolean isKeyKept) {
        this.feed = feed;
        this.now = Sameness.of(feed);
        this.current = new Footing(now.fingerprint(), null);
        this.unkeyed = isKeyKept ? now.withKey(List.of()).fingerprint() : current.sameness();
        this.unmarked = current.sameness();
    }

    /**
     * Goes on with what a checkpoint says; where it says nothing, everything was read as it is now.
     *
     * @param isKeyKept whether the feed's key is still the one of the checkpoint
     */
    static FormerRules restore(Feed feed, Iterable<String> texts, boolean isKeyKept) {
        FormerRules former = new FormerRules(feed, isKeyKept);
        for (String text : texts) {
            if (text.startsWith(RULES)) {
                int end = text.indexOf(' ', RULES.length());
                Sameness rules = SamenessText.read(text.substring(end + 1));
                if (rules == null) {
                    LOG.warn("Feed {}: rules that a checkpoint was made with cannot be read any more.", feed.name());
                } else {
                    former.known.put(
                            print(text.substring(RULES.length(), end)),
                            isKeyKept && rules.key().isEmpty() ? rules.withKey(feed.key()) : rules);
                }
            } else if (text.startsWith(UNMARKED)) {
                former.unmarked = print(text.substring(UNMARKED.length()));
            } else if (text.startsWith(ADOPT)) {
                former.adopted.add(print(text.substring(ADOPT.length())));
            } else if (text.startsWith(RETELL)) {
                former.retold.add(print(text.substring(RETELL.length())));
            }
        }
        if (!former.known.isEmpty()
                && !former.known.containsKey(former.fingerprint())
                && !former.known.containsKey(former.unkeyed)) {
            LOG.info(
                    "Feed {} reads or compares otherwise than before. What is known of a key is read again when its next"
                            + " scrape comes; what changed is told, and nothing else.",
                    feed.name());
        }
        former.known.remove(former.fingerprint());
        former.known.put(former.fingerprint(), former.now);
        return former;
    }

    /** Names the rules of the present feed file. */
    int fingerprint() {
        return current.sameness();
    }

    /** The rules of this name, {@code null} if nobody knows them any more. */
    @Nullable
    Sameness named(int print) {
        return known.get(print);
    }

    /** Whether what has this name is of keys as the present feed file makes them. */
    boolean isOfPresentKey(int print) {
        Sameness then = known.get(marked(print));
        return then != null && then.key().equals(now.key());
    }

    /** Names the rules of another key that were in force until now, {@code null} if none were, or nobody wrote down their key. */
    @Nullable
    Integer ofFormerKey() {
        List<Integer> all = new ArrayList<>(known.keySet());
        Integer last = all.size() < 2 ? null : all.get(all.size() - 2);
        Sameness then = last == null ? null : known.get(last);
        return then == null || then.key().isEmpty() || then.key().equals(now.key()) ? null : last;
    }

    /** What a checkpoint has to say. */
    List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        List<Integer> all = new ArrayList<>(known.keySet());
        for (int print :
                all.subList(Math.max(0, all.size() - MOST), all.size())) { // a later build may draw another for them
            texts.add(RULES + text(print) + " " + SamenessText.of(Objects.requireNonNull(known.get(print))));
        }
        texts.add(UNMARKED + text(unmarked));
        adopted.forEach(print -> texts.add(ADOPT + text(print)));
        retold.forEach(print -> texts.add(RETELL + text(print)));
        return texts;
    }

    /** What is known as the present rules read it, for a scrape that may be decided by it. */
    @Nullable
    Known reread(@Nullable Known before, Item item) {
        if (before == null || before.footing().sameness() == current.sameness()) {
            return before;
        }
        int print = marked(before.footing().sameness());
        if (print == current.sameness() || retold.contains(print)) {
            return before.on(current);
        }
        Sameness then = known.get(print);
        return then == null
                ? Rereader.adopt(before, item, current.sameness())
                : rereaders
                        .computeIfAbsent(print, unused -> new Rereader(then, now))
                        .reread(before, item);
    }

    /** The reader of items that were told by some rules. */
    ToldReader told(int print) {
        Sameness then = known.getOrDefault(marked(print), now);
        return toldReaders.computeIfAbsent(marked(print), unused -> new ToldReader(feed, then));
    }

    /** What is known after a change of the log that was told by some rules. */
    Known after(@Nullable Known before, Known next, int print) {
        int marked = marked(print);
        boolean isKnown = known.containsKey(marked) || adopted.contains(marked) || retold.contains(marked);
        if (!isKnown && (before == null || before.footing().sameness() != print)) {
            unknown.merge(print, 1L, Long::sum);
        }
        return next.on(footings.computeIfAbsent(print, each -> new Footing(each, null)));
    }

    /**
     * Ends the reading of the log.
     *
     * @throws Refusal if keys were told last by rules that neither the checkpoint nor the feed file has, and nobody said what to
     *     do
     */
    void check(Set<Refusal.Code> accepted) {
        if (unknown.isEmpty()) {
            return;
        }
        if (accepted.contains(Refusal.Code.KEY_CHANGED)) {
            retold.addAll(unknown.keySet());
        } else if (accepted.contains(Refusal.Code.RULES_UNKNOWN)) {
            adopted.addAll(unknown.keySet());
        } else {
            throw unknown(unknown.values().stream().mapToLong(Long::longValue).sum(), feed);
        }
        unknown.clear();
    }

    /** So many keys of the log were told by rules that nobody knows. */
    static Refusal unknown(long keys, Feed feed) {
        return new Refusal(
                Refusal.Code.RULES_UNKNOWN,
                "%s keys were told last under another feed file of feed %s, which no checkpoint holds."
                        .formatted(keys, feed.name()));
    }

    private int marked(int print) {
        int marked = print == Sameness.UNMARKED ? unmarked : print;
        return marked == unkeyed ? current.sameness() : marked;
    }

    private static String text(int print) {
        return Integer.toHexString(print);
    }

    private static int print(String text) {
        return Integer.parseUnsignedInt(text, 16);
    }
}
