/** What a process tells a collector by OpenTelemetry's protocol. */
@NullMarked
package io.leat.app.telemetry;

import org.jspecify.annotations.NullMarked;
