/** The commands: what is asked on the command line, and how it is answered. */
@NullMarked
package io.leat.app.cli;

import org.jspecify.annotations.NullMarked;
