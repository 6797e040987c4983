package peerserver.security;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import peerserver.chunk.TokenKey;

/**
 * A secret of an access key, with the time in which it is valid. Keeps the signing key of the day it was last asked for,
 * so that a signature costs one HMAC. Thread-safe.
 */
final class Secret {

    private final String text;
    private final @Nullable Instant notBefore;
    private final @Nullable Instant expires;
    private final TokenKey tokenKey;
    private volatile @Nullable SigningKey signingKey;

    /**
     * A secret.
     *
     * @param accessKey the key that it belongs to
     * @param notBefore the first instant at which it is valid; null for always
     * @param expires the first instant at which it no longer is; null for never
     */
    Secret(String accessKey, String text, @Nullable Instant notBefore, @Nullable Instant expires) {
        this.text = text;
        this.notBefore = notBefore;
        this.expires = expires;
        this.tokenKey = TokenKey.derive(accessKey, text);
    }

    /** A secret that nobody knows. */
    static Secret unguessable() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret("", HexFormat.of().formatHex(bytes), null, null);
    }

    boolean validAt(Instant time) {
        return (notBefore == null || !time.isBefore(notBefore)) && (expires == null || time.isBefore(expires));
    }

    /** The key that seals tokens. */
    TokenKey tokenKey() {
        return tokenKey;
    }

    /**
     * The right signature, 64 lower-case hexadecimal digits.
     *
     * @param date the scope's date, {@code yyyyMMdd}
     */
    String signature(String date, String stringToSign) {
        SigningKey key = signingKey;
        if (key == null || !key.date.equals(date)) {
            key = new SigningKey(
                    date, SigV4.signingKey(text, date, SignedRequestReader.REGION, SignedRequestReader.SERVICE));
            signingKey = key;
        }
        return SigV4.signature(key.key, stringToSign);
    }

    @Override
    public String toString() {
        return "Secret";
    }

    private record SigningKey(String date, SecretKey key) {}
}
