package io.leat.app.trace;

import io.leat.core.Item;
import io.leat.format.ChangeJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What was made comparable of an item: each value as scraped beside its normal form. */
final class NormalForms {

    private NormalForms() {}

    /**
     * A field that was replaced.
     *
     * @param field its dotted path
     * @param scraped as JSON; {@code null}, the word, if it was absent
     * @param normal as JSON
     */
    record Form(String field, String scraped, String normal) {}

    /** Those of an item, in the order of their names; none if it is as it was scraped. */
    static List<Form> of(Item item) {
        List<Form> forms = new ArrayList<>();
        if (!item.scraped().isEmpty()) {
            add(tree(item.scraped()), tree(item.body()), "", forms);
        }
        return forms;
    }

    private static void add(JsonNode scraped, JsonNode normal, String at, List<Form> forms) {
        for (Map.Entry<String, JsonNode> member : scraped.properties()) {
            String path = at + member.getKey();
            JsonNode is = normal.path(member.getKey());
            if (member.getValue().isObject() && is.isObject()) {
                add(member.getValue(), is, path + ".", forms);
            } else {
                forms.add(new Form(path, ChangeJson.text(member.getValue()), ChangeJson.text(is)));
            }
        }
    }

    private static JsonNode tree(String json) {
        return ChangeJson.tree(json.getBytes(StandardCharsets.UTF_8));
    }
}
