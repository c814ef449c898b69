package io.leat.app.dlq;

import io.leat.core.FieldPath;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant. What is {@code null} does not matter.
 *
 * @param siteField where a scrape names its site
 * @param id the end of a letter's id: {@code 3-57} is partition 3, offset 57
 * @param since scrapes taken then or later
 * @param until scrapes taken before
 */
public record LetterFilter(
        @Nullable FieldPath siteField,
        @Nullable String site,
        @Nullable String field,
        @Nullable String code,
        @Nullable String id,
        @Nullable Instant since,
        @Nullable Instant until) {

    boolean takes(Letter letter) {
        return (code == null || code.equals(letter.code()))
                && (field == null || field.equals(letter.field()))
                && (id == null || letter.id().equals(id) || letter.id().endsWith("-" + id))
                && (since == null || !letter.at().isBefore(since))
                && (until == null || letter.at().isBefore(until))
                && (site == null || site.equals(letter.site(siteField)));
    }
}
