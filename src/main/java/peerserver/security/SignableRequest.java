package peerserver.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What of a request goes into its signature, the body aside.
 *
 * @param method in upper case
 * @param path as on the wire, not decoded
 * @param query as on the wire, without the question mark; null when there is none
 * @param values finds the values of a header in their order, by name in lower case; none when the request lacks it
 */
record SignableRequest(String method, String path, @Nullable String query, Function<String, List<String>> values) {

    /** A request with these headers, by name in lower case. */
    SignableRequest(String method, String path, @Nullable String query, Map<String, List<String>> headers) {
        this(method, path, query, name -> headers.getOrDefault(name, List.of()));
    }

    /**
     * Of a request as the container received it. What proxies may have rewritten is put back from the copies that
     * clients send: {@code x-cognitect-auth} counts when {@code Authorization} is missing, {@code x-cognitect-host}
     * overrides {@code Host}.
     */
    static SignableRequest of(HttpServletRequest request) {
        return new SignableRequest(
                request.getMethod().toUpperCase(Locale.ROOT),
                request.getRequestURI(),
                request.getQueryString(),
                name -> switch (name) {
                    case "authorization" -> either(request, name, "x-cognitect-auth");
                    case "host" -> either(request, "x-cognitect-host", name);
                    default -> Collections.list(request.getHeaders(name));
                });
    }

    private static List<String> either(HttpServletRequest request, String first, String second) {
        List<String> values = Collections.list(request.getHeaders(first));
        return values.isEmpty() ? Collections.list(request.getHeaders(second)) : values;
    }

    /** The values of a header; empty when the request lacks it. */
    List<String> headers(String name) {
        return values.apply(name);
    }

    /** The value of a header; null when the request lacks it or has it several times. */
    @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.size() == 1 ? values.get(0) : null;
    }

    /** Whether the request claims to be signed, rightly or not. */
    boolean claimsSignature() {
        return headers("authorization").stream().anyMatch(value -> value.startsWith(SigV4.ALGORITHM));
    }
}
