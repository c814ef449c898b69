/** Keeps long-lived work at work: the one place where threads are started and seen to die. */
@NullMarked
package io.leat.delivery.work;

import org.jspecify.annotations.NullMarked;
