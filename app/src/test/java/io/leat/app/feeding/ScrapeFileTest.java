package io.leat.app.feeding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapeFileTest {

    @TempDir
    Path dir;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(dir.resolve("records"), bytes);
    }

    private static List<String> read(ScrapeFile file) {
        List<String> lines = new ArrayList<>();
        for (ScrapeFile.Line line = file.next(); line != null; line = file.next()) {
            lines.add(line.number() + ":" + new String(line.bytes(), StandardCharsets.UTF_8));
        }
        return lines;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static byte[] zstd(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    @Test
    void linesKeepTheirNumbersAndBlankOnesAreSkipped() throws IOException {
        byte[] plain = "a\r\n\n  \nb\nlast".getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : List.of(plain, gzip(plain), zstd(plain))) {
            try (ScrapeFile file = ScrapeFile.open(file(bytes))) {
                assertThat(read(file)).containsExactly("1:a", "4:b", "5:last");
                assertThat(file.consumed()).isEqualTo(file.size());
            }
        }
    }

    @Test
    void aDamagedFileGivesWholeLinesAndThenSaysSo() throws IOException {
        byte[] plain = new byte[200_000];
        new Random(1).nextBytes(plain);
        for (int i = 0; i < plain.length; i++) {
            plain[i] = i % 100 == 99 ? (byte) '\n' : (byte) ('a' + (plain[i] & 15));
        }
        for (byte[] whole : List.of(gzip(plain), zstd(plain))) {
            byte[] cut = Arrays.copyOf(whole, whole.length * 2 / 3);
            try (ScrapeFile file = ScrapeFile.open(file(cut))) {
                List<String> lines = new ArrayList<>();
                assertThatThrownBy(() -> {
                            for (ScrapeFile.Line line = file.next(); line != null; line = file.next()) {
                                lines.add(new String(line.bytes(), StandardCharsets.US_ASCII));
                            }
                        })
                        .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.exit())
                                .isEqualTo(Exit.RUNTIME));
                assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line)
                        .hasSize(99));
            }
        }
    }

    @Test
    void anEndlessLineDoesNotFillTheMemory() throws IOException {
        byte[] plain = new byte[3 << 20];
        Arrays.fill(plain, (byte) 'x');
        plain[plain.length - 3] = '\n';
        try (ScrapeFile file = ScrapeFile.open(file(plain))) {
            ScrapeFile.Line first = file.next();
            assertThat(first).isNotNull();
            assertThat(first.bytes()).hasSize(ScrapeFile.MAX_LINE);
            assertThat(read(file)).containsExactly("2:xx");
        }
    }

    @Test
    void anAbsentFileIsTheEnvironmentsFault() {
        assertThatThrownBy(() -> ScrapeFile.open(dir.resolve("none")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.ENVIRONMENT));
    }
}
