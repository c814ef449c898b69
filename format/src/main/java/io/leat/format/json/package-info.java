/** JSON of strangers: read strictly and once, asked for its values where they stand, written in canonical form. */
@NullMarked
package io.leat.format.json;

import org.jspecify.annotations.NullMarked;
