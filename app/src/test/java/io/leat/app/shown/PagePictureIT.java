package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * README's picture of {@code leat demo} is of the page as it is now: in the picture stands the hash of the files that make what
 * is seen. {@code -Dleat.docs.write=true} takes it anew.
 */
@Timeout(600)
class PagePictureIT {

    private static final Path PICTURE = Product.ROOT.resolve("docs/page.png");
    private static final Path PAGE = Product.ROOT.resolve("gateway/src/main/resources/io/leat/gateway/page");
    private static final List<String> SEEN = List.of(
            "index.html", "page.css", "dom.js", "words.js", "feeds.js", "needs.js", "figures.js", "plot.js", "tail.js");
    /** A text of a picture: its name, a zero, what it says. */
    private static final String CHUNK = "tEXt";

    private static final String NAME = "leat-page\0";

    @TempDir
    private Path dir;

    @Test
    void theReadmeShowsThePageAsItIs() throws Exception {
        if (Boolean.getBoolean("leat.docs.write") && Foreign.has("README's picture", "chromium-headless-shell")) {
            take(Foreign.npm("playwright-core"));
        }
        assertThat(Files.readString(Product.ROOT.resolve("README.md"))).contains("](docs/page.png)");
        byte[] png = Files.readAllBytes(PICTURE);
        assertThat(png.length).isBetween(10_000, 150_000);
        assertThat(hashIn(png))
                .as("The page has changed since its picture was taken: -Dleat.docs.write=true takes it anew")
                .isEqualTo(hashOfPage());
        BufferedImage image = ImageIO.read(PICTURE.toFile());
        assertThat(image.getWidth()).isEqualTo(1_120);
        assertThat(image.getHeight()).isEqualTo(620);
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        assertThat(colours).as("what is urgent, a line of a plot, a new change").contains(0xb4232c, 0x0a57a6, 0x16703f);
    }

    private static String hashOfPage() throws Exception {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        for (String name : SEEN) {
            hash.update(Files.readAllBytes(PAGE.resolve(name)));
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static String hashIn(byte[] png) {
        String text = new String(png, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(CHUNK + NAME);
        return at < 0
                ? ""
                : text.substring(at + CHUNK.length() + NAME.length(), at + CHUNK.length() + NAME.length() + 64);
    }

    /** Puts a text before the last chunk, which has twelve bytes. */
    private static byte[] with(byte[] png, String hash) throws IOException {
        byte[] chunk = (CHUNK + NAME + hash).getBytes(StandardCharsets.ISO_8859_1);
        CRC32 check = new CRC32();
        check.update(ByteBuffer.wrap(chunk));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(png, 0, png.length - 12);
            out.writeInt(chunk.length - CHUNK.length());
            out.write(chunk);
            out.writeInt((int) check.getValue());
            out.write(Arrays.copyOfRange(png, png.length - 12, png.length));
        }
        return bytes.toByteArray();
    }

    private void take(Path modules) throws Exception {
        DemoInBrowser.run(dir, modules, "page-picture.mjs", PICTURE.toString());
        Files.write(PICTURE, with(Files.readAllBytes(PICTURE), hashOfPage()));
    }
}
