package peerserver.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a request goes into its signature, the body aside.
 *
 * @param method in upper case
 * @param path as on the wire, not decoded
 * @param query as on the wire, without the question mark; null when there is none
 * @param headers the values of each header in their order, by name in lower case
 */
record SignableRequest(String method, String path, @Nullable String query, Map<String, List<String>> headers) {

    SignableRequest {
        headers = Map.copyOf(headers);
    }

    /**
     * Of a request as the container received it. What proxies may have rewritten is put back from the copies that
     * clients send: {@code x-cognitect-auth} counts when {@code Authorization} is missing, {@code x-cognitect-host}
     * overrides {@code Host}.
     */
    static SignableRequest of(HttpServletRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(Collections.list(request.getHeaders(name))));
        }
        List<String> authorization = headers.get("x-cognitect-auth");
        if (authorization != null) {
            headers.putIfAbsent("authorization", authorization);
        }
        List<String> host = headers.get("x-cognitect-host");
        if (host != null) {
            headers.put("host", host);
        }
        return new SignableRequest(
                request.getMethod().toUpperCase(Locale.ROOT),
                request.getRequestURI(),
                request.getQueryString(),
                headers);
    }

    /** The values of a header; empty when the request lacks it. */
    List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
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
