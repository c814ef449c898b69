/** The live panel: figures and changes as lines of text, and the screen they are drawn on. */
@NullMarked
package io.leat.app.panel;

import org.jspecify.annotations.NullMarked;
