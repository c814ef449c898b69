package io.leat.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * An API key as its owner has it: {@code leat_ID_SECRET}. The prefix is for scanners of leaked secrets, the id for logs,
 * and the last six characters check the rest, so that a mistyped key is known without looking it up.
 */
public final class ApiKey {

    private static final Pattern SHAPE = Pattern.compile("leat_([0-9A-Za-z]{8})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})");
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID = 8;
    private static final int SECRET = 32;
    private static final int CHECK = 6;

    private final String id;
    private final String secret;

    private ApiKey(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    /** A new key; the source of chance has to be fit for secrets. */
    public static ApiKey draw(RandomGenerator random) {
        return new ApiKey(text(random, ID), text(random, SECRET));
    }

    /** Reads what a stranger sent; {@code null} if it cannot be a key. */
    public static @Nullable ApiKey parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        ApiKey key = new ApiKey(matcher.group(1), matcher.group(2));
        return key.check().equals(matcher.group(3)) ? key : null;
    }

    /** Names the key without giving it away. */
    public String id() {
        return id;
    }

    /** What is stored of the secret. 190 random bits need no slow hash. */
    public String hash() {
        return hash(secret);
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The whole key: to be shown once. */
    public String reveal() {
        return "leat_" + id + "_" + secret + check();
    }

    private String check() {
        CRC32 crc = new CRC32();
        crc.update((id + secret).getBytes(StandardCharsets.US_ASCII));
        long left = crc.getValue();
        char[] text = new char[CHECK];
        for (int i = CHECK - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (left % ALPHABET.length()));
            left /= ALPHABET.length();
        }
        return new String(text);
    }

    static String text(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "leat_" + id + "_***";
    }
}
