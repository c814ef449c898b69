package io.leat.format.contract;

import io.leat.core.Feed;
import io.leat.format.json.Document;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One version of what an item must keep. For one thread at a time. */
public interface Contract {

    /** The version told with every change that kept it. */
    String version();

    /** The first thing a record breaks, {@code null} if it keeps the contract. */
    @Nullable
    Breach broken(Document rec);

    /** Whether records are held against it in our own way, or by the general validator. */
    boolean isCompiled();

    /**
     * Compiles a schema: JSON Schema draft 2020-12 or draft-07, formats asserted. What our own way does not know (dynamic
     * references, unevaluated members, other drafts) is left to a general validator. References outside of the document
     * are not followed: nothing ever leaves the machine.
     *
     * @throws IllegalArgumentException if it is not a JSON Schema that can be checked here; the message is a sentence
     */
    static Contract compile(Feed.ContractSource source) {
        return compile(source, Map.of());
    }

    /**
     * As {@link #compile(Feed.ContractSource)}.
     *
     * @param others schemas by their absolute address, for references that lead there; nothing is fetched from it
     * @throws IllegalArgumentException if it is not a JSON Schema that can be checked here; the message is a sentence
     */
    static Contract compile(Feed.ContractSource source, Map<String, String> others) {
        return Contracts.compile(source, others, true);
    }
}
