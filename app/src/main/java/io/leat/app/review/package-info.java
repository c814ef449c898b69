/** What waits for a person, for a gateway to show: the same as {@code leat dlq} and {@code leat held} do. */
@NullMarked
package io.leat.app.review;

import org.jspecify.annotations.NullMarked;
