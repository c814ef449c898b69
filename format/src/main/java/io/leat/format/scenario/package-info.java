/** Folders that show what a feed must do: records in, what must come out, and where the two differ. */
@NullMarked
package io.leat.format.scenario;

import org.jspecify.annotations.NullMarked;
