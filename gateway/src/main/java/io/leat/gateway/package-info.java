/** The gateway as a whole: what it is given, what it serves, and how it starts and stops. */
@NullMarked
package io.leat.gateway;

import org.jspecify.annotations.NullMarked;
