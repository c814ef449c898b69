package io.leat.format.feedfile;

import io.leat.core.normalize.Normalization;
import io.leat.format.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A normalizer as a feed file would declare it, without the file.
 *
 * @param normalization for the field {@code value}; {@code null} if something is wrong
 * @param problems what is wrong
 */
public record DeclaredNormalizer(@Nullable Normalization normalization, List<Problem> problems) {

    /**
     * Reads the options as a feed file's {@code normalize} does.
     *
     * @param options the keys under the field and their values, as YAML; {@code as} is one of them
     */
    public static DeclaredNormalizer of(Map<String, String> options) {
        StringBuilder yaml = new StringBuilder("value:\n");
        options.forEach((key, value) ->
                yaml.append("  ").append(key).append(": ").append(value).append('\n'));
        Problems problems = new Problems("normalize");
        Node root = Yaml.read(yaml.toString(), problems);
        if (root == null) {
            return new DeclaredNormalizer(null, problems.errors());
        }
        Values values = new Values(problems, new References(Path.of("."), name -> null, problems));
        List<Normalization> read = new NormalizeSection(values, problems).read(root);
        return problems.isFatal() || read.size() != 1
                ? new DeclaredNormalizer(null, problems.errors())
                : new DeclaredNormalizer(read.get(0), List.of());
    }
}
