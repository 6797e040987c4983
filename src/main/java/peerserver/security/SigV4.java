package peerserver.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The computations of AWS Signature Version 4, with nothing known of who calls or what is allowed.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a
 *     signed AWS API request</a>
 */
final class SigV4 {

    /** The algorithm's name, in the header and in the string to sign. */
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /** The last part of every credential scope. */
    static final String TERMINATOR = "aws4_request";

    private static final String HMAC = "HmacSHA256";

    private SigV4() {}

    /** The SHA-256 hash of {@code bytes} as 64 lower-case hexadecimal digits. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * What gets signed.
     *
     * @param timestamp the value of {@code x-amz-date}, {@code yyyyMMdd'T'HHmmss'Z'}
     * @param scope the credential scope, {@code date/region/service/aws4_request}
     * @param canonicalRequest see {@link CanonicalRequest}
     */
    static String stringToSign(String timestamp, String scope, String canonicalRequest) {
        return ALGORITHM + '\n' + timestamp + '\n' + scope + '\n' + sha256(canonicalRequest.getBytes(UTF_8));
    }

    /**
     * The key that signs for one day.
     *
     * @param secret any text
     * @param date {@code yyyyMMdd}
     */
    static SecretKey signingKey(String secret, String date, String region, String service) {
        SecretKey key = hmacKey(("AWS4" + secret).getBytes(UTF_8));
        for (String part : new String[] {date, region, service, TERMINATOR}) {
            key = hmacKey(hmac(key, part));
        }
        return key;
    }

    /** The signature as 64 lower-case hexadecimal digits. */
    static String signature(SecretKey signingKey, String stringToSign) {
        return HexFormat.of().formatHex(hmac(signingKey, stringToSign));
    }

    private static SecretKey hmacKey(byte[] bytes) {
        return new SecretKeySpec(bytes, HMAC);
    }

    private static byte[] hmac(SecretKey key, String data) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(data.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
