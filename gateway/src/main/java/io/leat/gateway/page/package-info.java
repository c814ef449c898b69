/** The page that people look at: files of the jar, and what whoever looks may see and do. */
@NullMarked
package io.leat.gateway.page;

import org.jspecify.annotations.NullMarked;
