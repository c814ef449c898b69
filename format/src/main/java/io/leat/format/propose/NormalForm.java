package io.leat.format.propose;

import io.leat.core.FieldPath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the texts of a field become comparable.
 *
 * @param field the field
 * @param options what the feed file says of it, {@code as} first
 * @param currency the field that gets the currency, {@code null} if there is none
 * @param read how many of the sampled texts it reads
 * @param of how many there are
 * @param samples a few texts and what they become
 * @param refused texts it does not read, a few
 */
record NormalForm(
        FieldPath field,
        Map<String, String> options,
        @Nullable FieldPath currency,
        int read,
        int of,
        List<String> samples,
        List<String> refused) {

    NormalForm {
        samples = List.copyOf(samples);
        refused = List.copyOf(refused);
    }
}
