package peerserver.chunk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import peerserver.wire.AnomalyException;

/**
 * Seals bytes into a next-token and opens it again: {@code v1.} and base64url of key id (4 bytes), nonce (12 bytes) and
 * AES-GCM over the bytes. What is sealed can neither be read nor changed on its way through a client.
 */
public final class TokenSeal {

    /** The longest token there is: clients send it in a header and refuse more than 4,096 bytes of those. */
    public static final int LONGEST_TOKEN = 2_048;

    private static final String VERSION = "v1.";
    private static final int ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenSeal() {}

    /** Whether that many bytes fit into a token. */
    static boolean fits(int bytes) {
        int sealed = ID_BYTES + NONCE_BYTES + bytes + TAG_BITS / 8;
        return VERSION.length() + (sealed * 4 + 2) / 3 <= LONGEST_TOKEN;
    }

    /** Seals bytes under the key that seals now. */
    public static String seal(TokenOwner owner, byte[] content) {
        TokenKey key = firstKey(owner);
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, nonce, content, 0);
        byte[] token = ByteBuffer.allocate(ID_BYTES + NONCE_BYTES + sealed.length)
                .put(HexFormat.of().parseHex(key.id()))
                .put(nonce)
                .put(sealed)
                .array();
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * Opens a token of that owner.
     *
     * @throws AnomalyException {@code incorrect} when it is no token, was changed, or belongs to somebody else
     */
    static byte[] open(TokenOwner owner, String token) {
        if (token.length() > LONGEST_TOKEN) {
            throw refused();
        }
        return openKept(owner, token);
    }

    /**
     * Opens what was sealed to be kept, of any length.
     *
     * @throws AnomalyException {@code incorrect} when it was changed, or sealed by a key that is no longer the owner's
     */
    public static byte[] openKept(TokenOwner owner, String token) {
        byte[] bytes = bytes(token);
        String keyId = HexFormat.of().formatHex(bytes, 0, ID_BYTES);
        byte[] nonce = Arrays.copyOfRange(bytes, ID_BYTES, ID_BYTES + NONCE_BYTES);
        for (TokenKey key : owner.tokenKeys()) {
            if (key.id().equals(keyId)) {
                return crypt(Cipher.DECRYPT_MODE, key, nonce, bytes, ID_BYTES + NONCE_BYTES);
            }
        }
        throw refused();
    }

    private static TokenKey firstKey(TokenOwner owner) {
        return owner.tokenKeys().get(0);
    }

    /** Whether something was sealed by the key that seals now. */
    static boolean isSealedByFirst(TokenOwner owner, String token) {
        String head = VERSION
                + Base64.getUrlEncoder()
                        .encodeToString(HexFormat.of().parseHex(firstKey(owner).id()));
        // The last digit of those that stand for the four bytes also stands for bits of the next one.
        return token.startsWith(head.substring(0, head.length() - 3));
    }

    private static byte[] bytes(String token) {
        if (!token.startsWith(VERSION)) {
            throw refused();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token.substring(VERSION.length()));
            if (bytes.length < ID_BYTES + NONCE_BYTES + TAG_BITS / 8) {
                throw refused();
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    private static byte[] crypt(int mode, TokenKey key, byte[] nonce, byte[] content, int offset) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((VERSION + key.id()).getBytes(StandardCharsets.US_ASCII));
            return cipher.doFinal(content, offset, content.length - offset);
        } catch (GeneralSecurityException e) {
            throw refused();
        }
    }

    private static AnomalyException refused() {
        return AnomalyException.incorrect("The :next-token is not one that this server gave to this access key");
    }
}
