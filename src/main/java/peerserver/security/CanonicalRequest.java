package peerserver.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The canonical request of AWS Signature Version 4: the one text that stands for all spellings of the same request.
 *
 * <p>The path is normalised; then its segments, and the names and values of the query, are decoded and encoded anew. So
 * an escaped path is escaped once, as {@code cognitect.hmac-authn} does it, where AWS itself escapes it twice. Names among
 * the signed headers that the request lacks are skipped, because the clients list {@code x-amz-target} always and send it
 * never.
 */
final class CanonicalRequest {

    private static final String HEX = "0123456789ABCDEF";

    private CanonicalRequest() {}

    /**
     * The canonical form of {@code request}.
     *
     * @param signedHeaders names in lower case, sorted
     * @param bodyHash {@link SigV4#sha256} of the body
     */
    static String of(SignableRequest request, List<String> signedHeaders, String bodyHash) {
        StringBuilder text = new StringBuilder(512);
        text.append(request.method()).append('\n');
        text.append(path(request.path())).append('\n');
        text.append(query(request.query())).append('\n');
        for (String name : signedHeaders) {
            List<String> values = request.headers(name);
            if (!values.isEmpty()) {
                text.append(name).append(':');
                for (int i = 0; i < values.size(); i++) {
                    appendTrimmed(i == 0 ? text : text.append(','), values.get(i));
                }
                text.append('\n');
            }
        }
        text.append('\n').append(String.join(";", signedHeaders));
        return text.append('\n').append(bodyHash).toString();
    }

    private static String path(String path) {
        if (path.equals("/")) {
            return path;
        }
        Deque<String> segments = new ArrayDeque<>();
        String last = "";
        for (String segment : path.split("/", -1)) {
            last = segment;
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(encoded(decoded(segment)));
            }
        }
        boolean directory = last.isEmpty() || last.equals(".") || last.equals("..");
        return "/" + String.join("/", segments) + (directory && !segments.isEmpty() ? "/" : "");
    }

    private static String query(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        return Arrays.stream(query.split("&", -1))
                .filter(parameter -> !parameter.isEmpty())
                .map(CanonicalRequest::parameter)
                .sorted((a, b) -> {
                    int names = a[0].compareTo(b[0]);
                    return names != 0 ? names : a[1].compareTo(b[1]);
                })
                .map(parameter -> parameter[0] + '=' + parameter[1])
                .collect(Collectors.joining("&"));
    }

    private static String[] parameter(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String value = equals < 0 ? "" : text.substring(equals + 1);
        return new String[] {encoded(decoded(name)), encoded(decoded(value))};
    }

    private static byte[] decoded(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                out.write(bytes[i]);
            } else {
                out.write(high << 4 | low);
                i += 2;
            }
        }
        return out.toByteArray();
    }

    private static String encoded(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (unreserved(b)) {
                text.append((char) b);
            } else {
                text.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return text.toString();
    }

    private static boolean unreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }

    /** Without white space at the ends, and with every run of white space inside as one blank. */
    private static void appendTrimmed(StringBuilder text, String value) {
        int start = text.length();
        boolean gap = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                gap = text.length() > start;
            } else {
                if (gap) {
                    text.append(' ');
                }
                text.append(c);
                gap = false;
            }
        }
    }
}
