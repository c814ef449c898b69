/** The change log as people read it: its records, and changes as lines of text. */
@NullMarked
package io.leat.app.log;

import org.jspecify.annotations.NullMarked;
