/** What another feed file would make of the same records: both are decided side by side. */
@NullMarked
package io.leat.format.preview;

import org.jspecify.annotations.NullMarked;
