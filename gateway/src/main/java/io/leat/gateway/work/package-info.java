/** Keeps long-lived work at work: the one place where a gateway's threads are started and seen to die. */
@NullMarked
package io.leat.gateway.work;

import org.jspecify.annotations.NullMarked;
