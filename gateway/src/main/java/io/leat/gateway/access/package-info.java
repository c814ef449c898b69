/** Who may do what: API keys, their scopes, and the log that tells all gateways of them. */
@NullMarked
package io.leat.gateway.access;

import org.jspecify.annotations.NullMarked;
