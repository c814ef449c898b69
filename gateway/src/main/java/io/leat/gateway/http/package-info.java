/** The front door: the server, its limits, and how a refusal is told. */
@NullMarked
package io.leat.gateway.http;

import org.jspecify.annotations.NullMarked;
