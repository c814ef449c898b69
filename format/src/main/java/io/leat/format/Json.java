package io.leat.format;

import io.leat.core.Limits;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How JSON is read: that of strangers strictly, exactly, and never more than the limits. */
final class Json {

    /** Thread-safe. */
    static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(Limits.DEFAULT.bytes())
                            .maxNestingDepth(Limits.DEFAULT.depth())
                            .maxNumberLength(Limits.DEFAULT.number())
                            .maxNameLength(Limits.DEFAULT.name())
                            .maxStringLength(Limits.DEFAULT.string())
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * For what Leat itself wrote: the canonical form of a record within the limits may be longer than they allow.
     * Thread-safe.
     */
    static final JsonMapper OWN = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.WIDEST.depth() + 8)
                            .maxNumberLength(Limits.WIDEST.number() + 8)
                            .maxNameLength(4 * Limits.WIDEST.name())
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}
}
