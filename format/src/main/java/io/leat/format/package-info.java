/** Bytes and text: feed files, scrapes and changes as JSON, contracts, topic names. */
@NullMarked
package io.leat.format;

import org.jspecify.annotations.NullMarked;
