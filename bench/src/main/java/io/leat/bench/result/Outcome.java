package io.leat.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that was measured, and on what.
 *
 * @param about machine, versions, settings, seeds
 * @param systems name and description, in the order of the table
 */
public record Outcome(Map<String, String> about, Map<String, String> systems, List<Cell> cells, List<Drain> drains) {

    /** As a page. */
    public String markdown() {
        return new Page(this).toString();
    }

    /** As JSON, each rotation by itself. */
    public String json() {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(this)
                + "\n";
    }

    /** The cells of each system at a pace, in the order of the table. */
    Map<String, List<Cell>> at(int perSecond) {
        Map<String, List<Cell>> found = new LinkedHashMap<>();
        systems.keySet().forEach(system -> {
            List<Cell> own = new ArrayList<>(cells);
            own.removeIf(cell -> cell.perSecond() != perSecond || !cell.system().equals(system));
            if (!own.isEmpty()) {
                found.put(system, own);
            }
        });
        return found;
    }

    List<Integer> paces() {
        return cells.stream().map(Cell::perSecond).distinct().sorted().toList();
    }
}
