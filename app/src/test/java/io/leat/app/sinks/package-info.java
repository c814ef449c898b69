/** Sinks beside webhooks, as their readers meet them. */
@NullMarked
package io.leat.app.sinks;

import org.jspecify.annotations.NullMarked;
