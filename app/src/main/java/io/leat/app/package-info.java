/** The leat command: embedded broker and MiniCluster, wiring. */
@NullMarked
package io.leat.app;

import org.jspecify.annotations.NullMarked;
