package io.leat.format.contract;

import io.leat.core.Feed;
import java.util.Map;

/** Chooses who holds records against a contract. */
final class Contracts {

    private Contracts() {}

    /** The compiled contract, the general validator where that is not possible; which also says whether it is a schema. */
    static Contract compile(Feed.ContractSource source, Map<String, String> others, boolean assertsFormats) {
        LibraryContract general = LibraryContract.compile(source, others, assertsFormats);
        CompiledContract compiled = CompiledContract.compile(source, assertsFormats);
        return compiled == null ? general : compiled;
    }
}
