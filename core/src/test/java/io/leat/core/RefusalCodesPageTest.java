package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RefusalCodesPageTest {

    private static final Path PAGE = Path.of("../docs/reference/dead-letters.md");

    @Test
    void thePageOfRefusalCodesIsNotStale() throws IOException {
        StringBuilder page = new StringBuilder("<!-- Generated from code. Change the code, then run: mvn -pl core test"
                + " -Dleat.docs.write=true -->\n\n# Why a scrape is refused\n\n"
                + "A scrape that is no item goes to the topic `<feed>.dlq` as it came. The header `leat.error.code` says why;\n"
                + "`leat.error.field` names the field, `leat.error.contract.version` the contract.\n\n"
                + "| code | what it says |\n| --- | --- |\n");
        for (Refusal.Code code : Refusal.Code.values()) {
            page.append("| `%s` | %s |\n".formatted(code.word(), code.meaning()));
        }
        if (Boolean.getBoolean("leat.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page.toString());
    }
}
