package io.leat.format.propose;

import java.util.List;

/** What is made of records: files for a feed, or questions. */
public sealed interface Proposal {

    /**
     * A feed file and its contract.
     *
     * @param feed the text of the feed file, without what a dry run would say
     * @param contract the text of the contract
     * @param doubts what a person should look at, each one sentence or two
     */
    record Files(String feed, String contract, List<String> doubts) implements Proposal {
        public Files {
            doubts = List.copyOf(doubts);
        }
    }

    /**
     * Too little is plain.
     *
     * @param asked what has to be known, each one sentence or two
     */
    record Questions(List<String> asked) implements Proposal {
        public Questions {
            asked = List.copyOf(asked);
        }
    }

    /**
     * What a person has already answered.
     *
     * @param key the dotted paths of the key; empty to find out
     * @param time the dotted path of the moment; empty to find out
     */
    record Answers(List<String> key, String time) {
        public static final Answers NONE = new Answers(List.of(), "");

        public Answers {
            key = List.copyOf(key);
        }
    }
}
