package io.leat.format.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.Limits;
import io.leat.format.contract.Compatibility.Difference;
import io.leat.format.contract.Compatibility.Effect;
import io.leat.format.json.DocumentReader;
import io.leat.testkit.RandomSeed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CompatibilityTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'number'} | {'type':['number','null']} | WIDER | `` | was number or integer, may now be number or integer or null.",
                "{'properties':{'p':{'type':'number'}}} | {'properties':{'p':{'type':'string'}}} | NARROWER | p | was number or integer, must now be string.",
                "{'properties':{'a.b':{}}} | {'properties':{'a.b':{}},'required':['a.b']} | NARROWER | a\\.b | must now be there.",
                "{'required':['p']} | {} | WIDER | p | may now be absent.",
                "{'minimum':0} | {'minimum':1} | NARROWER | `` | minimum was 0, is now 1.",
                "{'maxLength':5} | {'maxLength':9} | WIDER | `` | maxLength was 5, is now 9.",
                "{} | {'maxItems':2} | NARROWER | `` | has a new maxItems of 2.",
                "{'enum':['a','b']} | {'enum':['b']} | NARROWER | `` | no longer allows \"a\".",
                "{'pattern':'a'} | {'pattern':'b'} | UNCLEAR | `` | pattern was \"a\", is now \"b\".",
                "{'anyOf':[{}]} | {} | UNCLEAR | `` | 'anyOf' has changed.",
                "{'properties':{'p':true}} | {'properties':{'p':false}} | NARROWER | p | is no longer allowed.",
                "{'items':{'type':'string'}} | {'items':{'type':'boolean'}} | NARROWER | [] | was string, must now be boolean.",
                "{'$defs':{'d':{'minimum':1}},'$ref':'#/$defs/d'} | {'minimum':2} | NARROWER | `` | minimum was 1, is now 2.",
            })
    void aDifferenceIsToldInPlainWords(String before, String after, Effect effect, String field, String sentence) {
        assertThat(Compatibility.between(before.replace('\'', '"'), after.replace('\'', '"')))
                .containsExactly(new Difference(effect, field, sentence.replace("\"anyOf\"", "'anyOf'")));
    }

    @Test
    void theVerdictIsOneSentence() {
        assertThat(verdict("{}", "{}")).startsWith("The two contracts ask for the same");
        assertThat(verdict("{\"minimum\":1}", "{\"minimum\":0}")).startsWith("Compatible");
        assertThat(verdict("{\"minimum\":0}", "{\"minimum\":1}")).startsWith("Not compatible");
        assertThat(verdict("{\"pattern\":\"a\"}", "{\"pattern\":\"b\"}")).startsWith("Unclear");
    }

    private static String verdict(String before, String after) {
        return Compatibility.verdict(Compatibility.between(before, after));
    }

    /** What is called compatible never refuses a value that was let in before. */
    @Test
    void compatibleMeansThatWhatWasKeptIsKept() {
        RandomGenerator random = RandomSeed.of("CompatibilityTest").random();
        DocumentReader reader = new DocumentReader(Limits.WIDEST);
        int compatible = 0;
        for (int i = 0; i < 2_000; i++) {
            RandomSchema schemas = new RandomSchema(random, false);
            ObjectNode schema = (ObjectNode) JSON.readTree(schemas.document());
            String before = "{\"properties\":{\"a\":" + schema + "}}";
            List<String> keywords = List.copyOf(schema.propertyNames());
            schema.remove(keywords.get(random.nextInt(keywords.size())));
            String after = "{\"properties\":{\"a\":" + (random.nextInt(4) > 0 ? schema : schemas.document()) + "}}";
            List<Difference> differences = Compatibility.between(before, after);
            Contract old = CompiledContract.compile(new Feed.ContractSource("old", before), true);
            Contract now = CompiledContract.compile(new Feed.ContractSource("new", after), true);
            if (!Compatibility.verdict(differences).startsWith("Compatible") || old == null || now == null) {
                continue;
            }
            compatible++;
            for (int n = 0; n < 40; n++) {
                String value = "{\"a\":" + schemas.value(2) + "}";
                assertThat(reader.read(value.getBytes(StandardCharsets.UTF_8))).isNull();
                assertThat(old.broken(reader.document()) == null && now.broken(reader.document()) != null)
                        .as("%s%n%s%n%s%n%s", value, before, after, differences)
                        .isFalse();
            }
        }
        assertThat(compatible).isGreaterThan(300);
    }
}
