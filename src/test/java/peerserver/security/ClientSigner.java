package peerserver.security;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.Keyword;
import clojure.lang.PersistentHashMap;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Signs requests as the published clients do: by the signer that they carry, {@code cognitect.hmac-authn/sign}. */
final class ClientSigner {

    private static final IFn SIGN = sign();

    private ClientSigner() {}

    private static IFn sign() {
        Clojure.var("clojure.core", "require").invoke(Clojure.read("cognitect.hmac-authn"));
        return Clojure.var("cognitect.hmac-authn", "sign");
    }

    /** The headers of a POST to {@code path}, signed at this very time; names in lower case. */
    static Map<String, List<String>> sign(
            String accessKey, String secret, String path, @Nullable String query, byte[] body) {
        Map<Keyword, Object> request = new HashMap<>();
        request.put(keyword("request-method"), keyword("post"));
        request.put(keyword("uri"), path);
        request.put(keyword("query-string"), query);
        request.put(keyword("body"), ByteBuffer.wrap(body));
        request.put(
                keyword("headers"),
                PersistentHashMap.create(Map.of("host", "localhost", "content-type", "application/transit+msgpack")));
        Object signed = SIGN.invoke(
                PersistentHashMap.create(request),
                PersistentHashMap.create(Map.of(
                        keyword("access-key-id"),
                        accessKey,
                        keyword("secret"),
                        secret,
                        keyword("service"),
                        "peer-server",
                        keyword("region"),
                        "none")));
        Map<String, List<String>> headers = new HashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) signed).get(keyword("headers"))))
                .forEach((name, value) -> headers.put((String) name, List.of((String) value)));
        return headers;
    }

    private static Keyword keyword(String name) {
        return Keyword.intern(name);
    }
}
