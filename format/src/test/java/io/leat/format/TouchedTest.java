package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.FieldPath;
import io.leat.core.normalize.Normalizer;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TouchedTest {

    @Test
    void everyFieldThatANormalizerNamesIsKnown() {
        TreeSet<String> named = new TreeSet<>();
        for (Class<?> kind : Normalizer.class.getPermittedSubclasses()) {
            Arrays.stream(kind.getRecordComponents())
                    .filter(part -> part.getType().equals(FieldPath.class))
                    .map(RecordComponent::getName)
                    .forEach(name -> named.add(kind.getSimpleName() + "." + name));
        }
        assertThat(named)
                .as("fields that Touched adds; one that it does not know could change unseen")
                .containsExactly("OfMoney.currency", "OfUnitPrice.currency", "OfUnitPrice.unit");
    }
}
