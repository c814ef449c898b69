package io.leat.format.feedfile;

import io.leat.core.Feed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files a new feed starts with: a commented feed file and the contract it names. Thread-safe. */
public final class Starter {

    /** The name the contract must have beside the feed file. */
    public static final String CONTRACT_FILE = "item.schema.json";

    private static final String PLACEHOLDER = "my-feed";

    private Starter() {}

    /**
     * The text of a feed file that is valid and without warnings once {@link #contract} lies beside it.
     *
     * @param name the feed's name
     * @throws IllegalArgumentException if it is not a feed name
     */
    public static String feed(String name) {
        if (!Feed.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a feed name: " + name);
        }
        return resource("starter.yaml").replace(PLACEHOLDER, name);
    }

    /** The text of the contract, a JSON Schema. */
    public static String contract() {
        return resource("starter.schema.json");
    }

    private static String resource(String name) {
        try (InputStream in = Starter.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
