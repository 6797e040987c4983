package peerserver.chunk;

import at.favre.lib.hkdf.HKDF;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that seals next-tokens, derived from one secret of an access key by HKDF-SHA256 (RFC 5869), so that every node
 * that knows the secret can open them and no secret has to be shared for the purpose.
 *
 * @param id names the key inside a token, 8 hexadecimal digits, and tells nothing of the secret
 * @param key an AES key of 128 bits
 */
public record TokenKey(String id, SecretKey key) {

    private static final HKDF HKDF_SHA256 = HKDF.fromHmacSha256();
    private static final byte[] SALT = "peerserver next-token v1".getBytes(StandardCharsets.UTF_8);

    /** Derives the key of an access key's secret. Costs some HMACs: do it when keys are loaded, not per request. */
    public static TokenKey derive(String accessKey, String secret) {
        byte[] pseudoRandomKey = HKDF_SHA256.extract(SALT, secret.getBytes(StandardCharsets.UTF_8));
        byte[] id = HKDF_SHA256.expand(pseudoRandomKey, info("id", accessKey), 4);
        byte[] key = HKDF_SHA256.expand(pseudoRandomKey, info("seal", accessKey), 16);
        return new TokenKey(HexFormat.of().formatHex(id), new SecretKeySpec(key, "AES"));
    }

    private static byte[] info(String purpose, String accessKey) {
        return (purpose + ' ' + accessKey).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "TokenKey[" + id + ']';
    }
}
