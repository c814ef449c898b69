/** What waits for a person: dead letters and held scrapes, seen and decided over HTTP. */
@NullMarked
package io.leat.gateway.review;

import org.jspecify.annotations.NullMarked;
