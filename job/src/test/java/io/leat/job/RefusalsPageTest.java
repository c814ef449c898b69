package io.leat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.GeneratedPage;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The reference of refusals is written from the codes themselves; {@code -Dleat.docs.write=true} rewrites it. */
class RefusalsPageTest {

    private static final Path PAGE = Path.of("../docs/reference/refusals.md");

    @Test
    void thePageIsNotStale() {
        GeneratedPage.check(PAGE, page());
    }

    @Test
    void everyCodeAndWordIsThereOnce() {
        assertThat(Arrays.stream(Refusal.Code.values()).map(Refusal.Code::label))
                .doesNotHaveDuplicates();
        assertThat(Arrays.stream(Refusal.Code.values())
                        .map(Refusal.Code::accept)
                        .filter(word -> !word.isEmpty()))
                .doesNotHaveDuplicates();
    }

    private static String page() {
        StringBuilder page = new StringBuilder();
        page.append(
                "<!-- Generated from code. Change the code, then run: mvn -pl job -am verify -Dleat.docs.write=true -->\n\n");
        page.append("# Refusals of a job\n\n");
        page.append(
                "Where going on would mean to guess, lose or repeat something, the job ends for good: Flink does not restart it.\n");
        page.append("`leat run … --accept WORD` goes on all the same, where that is sane.\n\n");
        page.append("| code | accept | what it says | what to do |\n| --- | --- | --- | --- |\n");
        for (Refusal.Code code : Refusal.Code.values()) {
            page.append("| ").append(code.label());
            page.append(" | ").append(code.accept().isEmpty() ? "" : "`" + code.accept() + "`");
            page.append(" | ").append(code.meaning());
            page.append(" | ").append(code.hint()).append(" |\n");
        }
        return page.toString();
    }
}
