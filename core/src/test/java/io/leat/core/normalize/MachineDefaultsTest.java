package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MachineDefaultsTest {

    @Test
    void aMachineOfAnotherLocaleZoneAndCharsetAnswersTheSame() throws IOException, InterruptedException {
        assertThat(answersOf("tr", "TR", "Asia/Kathmandu", "ISO-8859-1")).isEqualTo(Answers.all());
    }

    @Test
    void aMachineWhoseDigitsAreArabicAnswersTheSame() throws IOException, InterruptedException {
        assertThat(answersOf("ar", "EG", "Pacific/Apia", "windows-1256")).isEqualTo(Answers.all());
    }

    private static String answersOf(String language, String region, String zone, String charset)
            throws IOException, InterruptedException {
        Process machine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.language=" + language,
                        "-Duser.region=" + region,
                        "-Duser.timezone=" + zone,
                        "-Dfile.encoding=" + charset,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Answers.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String said = new String(machine.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(machine.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(machine.exitValue()).isZero();
            return said.strip();
        } finally {
            machine.destroyForcibly();
        }
    }
}
