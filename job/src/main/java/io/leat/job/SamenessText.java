package io.leat.job;

import io.leat.core.Sameness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Rules of sameness as text in checkpoints: a later build reads what it knows of them, or nothing. */
final class SamenessText {

    private static final ObjectInputFilter DECLARATIONS = ObjectInputFilter.Config.createFilter(
            "maxdepth=40;maxrefs=100000;io.leat.core.**;java.lang.*;java.util.**;java.time.**;java.math.*;!*");

    private SamenessText() {}

    static String of(Sameness sameness) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sameness);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** The rules, {@code null} if this build cannot read them. */
    static @Nullable Sameness read(String text) {
        try (ObjectInputStream in = new ObjectInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            in.setObjectInputFilter(DECLARATIONS);
            return (Sameness) in.readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            return null;
        }
    }
}
