package io.leat.format;

import io.leat.core.Item;
import io.leat.core.Sameness;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the keys that items had under other rules. Follows from its arguments alone. Not safe for use by several threads at once. */
public final class FormerKey {

    private final ItemKey key;
    private final NormalReader normal;
    private final DocumentReader json = new DocumentReader(NormalReader.OWN);

    /** @param then rules that say what the key was */
    public FormerKey(Sameness then) {
        this.key = new ItemKey(then.key());
        this.normal = new NormalReader(new Normalizing(then), false);
    }

    /**
     * The key that an item had.
     *
     * @param item read by the present rules
     * @return {@code null} if it had none
     */
    public @Nullable String of(Item item) {
        byte[] scraped = CanonicalJson.of(RawForm.of(item)).getBytes(StandardCharsets.UTF_8);
        if (json.read(scraped) != null) {
            return null;
        }
        Document rec = normal.of(json.document()) instanceof Lookup.Found<NormalReader.Normal> found
                ? found.value().rec()
                : json.document(); // those rules would have refused it, but may have known its key
        return key.of(rec) instanceof Lookup.Found<String> found ? found.value() : null;
    }
}
