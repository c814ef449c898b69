/** How the command ends: exit codes, and failures a person can act on. */
@NullMarked
package io.leat.app.exit;

import org.jspecify.annotations.NullMarked;
