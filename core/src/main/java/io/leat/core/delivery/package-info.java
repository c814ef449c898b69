/** Standing orders: what a client wants told, and on what terms. */
@NullMarked
package io.leat.core.delivery;

import org.jspecify.annotations.NullMarked;
