/** Reads the feed file a person wrote: a declared feed, or every problem with its place. */
@NullMarked
package io.leat.format.feedfile;

import org.jspecify.annotations.NullMarked;
