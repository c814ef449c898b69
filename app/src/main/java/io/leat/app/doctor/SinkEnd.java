package io.leat.app.doctor;

import org.jspecify.annotations.Nullable;

/**
 * Whether what lies at the end of a sink can be reached.
 *
 * @param name the sink's
 * @param where its address or directory; nothing secret
 * @param trouble why it cannot; {@code null} if it can
 */
public record SinkEnd(String name, String where, @Nullable String trouble) {

    /** What to say of it. */
    public Finding finding() {
        return trouble == null
                ? Finding.fit("sink " + name, where + " can be reached")
                : Finding.unfit(
                        "sink " + name,
                        "%s cannot be reached: %s".formatted(where, trouble),
                        "Nothing is lost while a sink is away. Check address, network and rights.");
    }
}
