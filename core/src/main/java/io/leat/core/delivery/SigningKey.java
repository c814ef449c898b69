package io.leat.core.delivery;

/**
 * A key deliveries are signed with.
 *
 * @param secret {@code whsec_…} (HMAC) or {@code whsk_…} (ed25519)
 * @param untilMillis when it stops being used, milliseconds since 1970; {@link #FOR_GOOD} if it does not
 */
public record SigningKey(Secret secret, long untilMillis) {

    /** It does not end. */
    public static final long FOR_GOOD = Long.MAX_VALUE;

    /** A key without an end. */
    public static SigningKey of(String secret) {
        return new SigningKey(new Secret(secret), FOR_GOOD);
    }
}
