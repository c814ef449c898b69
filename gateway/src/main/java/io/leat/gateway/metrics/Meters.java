package io.leat.gateway.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Everything that tells figures in this process. Thread-safe. */
public final class Meters {

    private final List<Consumer<Reading>> tellers = new CopyOnWriteArrayList<>();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** @param teller is asked at each look, by any thread: it must be quick, and tells what belongs together at once */
    public void add(Consumer<Reading> teller) {
        tellers.add(teller);
    }

    /** How the text is to be labelled. */
    public String contentType() {
        return writer.getContentType();
    }

    /** All figures as they are now. */
    public Reading look() {
        Reading reading = new Reading();
        tellers.forEach(teller -> teller.accept(reading));
        return reading;
    }

    /** The same as Prometheus text. */
    public byte[] text() {
        Reading reading = look();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, reading.snapshots());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
