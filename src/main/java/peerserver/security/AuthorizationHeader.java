package peerserver.security;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The header {@code Authorization} of a signed request, taken apart:
 * {@code AWS4-HMAC-SHA256 Credential=key/date/region/service/aws4_request, SignedHeaders=a;b, Signature=hex}.
 *
 * @param accessKey the access key; a {@code /} in it may be sent as {@code \}, and is {@code /} here
 * @param date the scope's date, {@code yyyyMMdd}
 * @param signedHeaders names in lower case, sorted, each once
 * @param signature hexadecimal digits
 */
record AuthorizationHeader(
        String accessKey, String date, String region, String service, List<String> signedHeaders, String signature) {

    /** The longest header that is looked at, in characters. */
    static final int MAX_LENGTH = 4096;

    private static final String CREDENTIAL = SigV4.ALGORITHM + " Credential=";
    private static final String SIGNED_HEADERS = "SignedHeaders=";
    private static final String SIGNATURE = "Signature=";

    AuthorizationHeader {
        signedHeaders = List.copyOf(signedHeaders);
    }

    /** Reads a header's value; empty when it is malformed, of another scheme or too long. Keys may hold any character. */
    static Optional<AuthorizationHeader> parse(String value) {
        int signature = value.lastIndexOf(SIGNATURE);
        int signedHeaders = value.lastIndexOf(SIGNED_HEADERS, signature);
        if (value.length() > MAX_LENGTH || !value.startsWith(CREDENTIAL) || signedHeaders < CREDENTIAL.length()) {
            return Optional.empty();
        }
        String credential = withoutComma(value.substring(CREDENTIAL.length(), signedHeaders));
        String names = withoutComma(value.substring(signedHeaders + SIGNED_HEADERS.length(), signature));
        int[] slashes = new int[4];
        for (int i = 3, from = credential.length(); i >= 0; i--) {
            from = credential.lastIndexOf('/', from - 1);
            if (from <= 0) {
                return Optional.empty();
            }
            slashes[i] = from;
        }
        if (!credential.substring(slashes[3] + 1).equals(SigV4.TERMINATOR)) {
            return Optional.empty();
        }
        return Optional.of(new AuthorizationHeader(
                credential.substring(0, slashes[0]).replace('\\', '/'),
                credential.substring(slashes[0] + 1, slashes[1]),
                credential.substring(slashes[1] + 1, slashes[2]),
                credential.substring(slashes[2] + 1, slashes[3]),
                List.copyOf(new TreeSet<>(
                        Arrays.asList(names.toLowerCase(Locale.ROOT).split(";", -1)))),
                value.substring(signature + SIGNATURE.length()).strip()));
    }

    /** The credential scope, as it is signed. */
    String scope() {
        return date + '/' + region + '/' + service + '/' + SigV4.TERMINATOR;
    }

    private static String withoutComma(String text) {
        String stripped = text.strip();
        return stripped.endsWith(",") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }
}
