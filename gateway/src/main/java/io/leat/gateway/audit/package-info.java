/** What people and programs did over HTTP, and who it was: written down in a topic. */
@NullMarked
package io.leat.gateway.audit;

import org.jspecify.annotations.NullMarked;
