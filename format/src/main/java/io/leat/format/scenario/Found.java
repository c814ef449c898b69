package io.leat.format.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came out, each a JSON object.
 *
 * @param changes the change records, those of a key in order
 * @param held the records about held items, those of a key in order
 * @param dead for each refused scrape an object with its {@code code}, in order
 * @param late the items put aside, in order
 * @param windows the last result of each span, by window, start and key
 */
public record Found(
        List<String> changes, List<String> held, List<String> dead, List<String> late, List<String> windows) {

    static final String[] FILES = {"changes.jsonl", "held.jsonl", "dead.jsonl", "late.jsonl", "windows.jsonl"};

    public Found {
        changes = List.copyOf(changes);
        held = List.copyOf(held);
        dead = List.copyOf(dead);
        late = List.copyOf(late);
        windows = List.copyOf(windows);
    }

    /** By the names of the files that say what is expected. */
    Map<String, List<String>> byFile() {
        Map<String, List<String>> byFile = new LinkedHashMap<>();
        List<List<String>> all = List.of(changes, held, dead, late, windows);
        for (int i = 0; i < FILES.length; i++) {
            byFile.put(FILES[i], all.get(i));
        }
        return byFile;
    }
}
