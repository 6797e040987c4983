package peerserver.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Requests that are wrong as HTTP: verbs, paths, versions, headers, lengths, chunks. */
final class HostileHttp {

    private static final List<String> VERBS = List.of(
            "GET",
            "HEAD",
            "PUT",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PATCH",
            "FOO",
            "post",
            "",
            "P OST",
            "\u0000",
            "X".repeat(5_000));
    private static final List<String> PATHS = List.of(
            "/",
            "//",
            "/x",
            "/?",
            "/?a=%zz",
            "/%zz",
            "/%00",
            "/%2e%2e/WEB-INF/web.xml",
            "/WEB-INF/web.xml",
            "/../..",
            "/;a=b",
            "*",
            "",
            "https://elsewhere/",
            "/api",
            "/health",
            "/health/x",
            "/" + "x".repeat(20_000),
            "/ä",
            "/\\",
            "/?" + "a&".repeat(2_000));
    private static final List<String> VERSIONS =
            List.of("HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1x", "ICE/1.1", "", "HTTP/");
    private static final List<String> TYPES = List.of(
            "",
            "text/plain",
            "application/json",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/transit+msgpack; charset=bogus",
            "APPLICATION/EDN",
            "application/edn; charset=utf-16",
            ";",
            "/",
            "*/*",
            "a/b;q=x",
            "application/edn;q=0",
            "application/json, application/edn;q=0.1",
            ",,,,",
            "application/java-serialized-object",
            "\u00ff");
    private static final List<String> LENGTHS = List.of(
            "-1",
            "0",
            "x",
            "",
            "1e3",
            "0x10",
            "+5",
            "67108865",
            "2147483648",
            "9223372036854775807",
            "999999999999999999999999",
            "5, 5",
            "5\r\ncontent-length: 6");
    private static final List<String> CHUNKS = List.of(
            "0\r\n\r\n",
            "5\r\nabcde\r\n0\r\n\r\n",
            "zz\r\n",
            "-1\r\n",
            "ffffffffffffffffff\r\nx",
            "7fffffff\r\nabc",
            "5\r\nabc",
            "5;" + "x".repeat(20_000) + "\r\nabcde\r\n0\r\n\r\n",
            "0\r\nTrailer: x\r\n\r\n",
            "");

    private final SplittableRandom random;
    private final Wire wire;
    private String verb = "POST";
    private String path = "/";
    private String version = " HTTP/1.1";

    private HostileHttp(SplittableRandom random, Wire wire) {
        this.random = random;
        this.wire = wire;
    }

    /** A signed request with something wrong about it. */
    static byte[] of(SplittableRandom random, Wire wire, Input input) {
        return new HostileHttp(random, wire).bytes(input);
    }

    private byte[] bytes(Input input) {
        int kind = random.nextInt(14);
        byte[] body = input.body();
        String type = kind == 0 ? pick(TYPES) : input.codec().mediaType();
        String accept = kind == 1 ? pick(TYPES) : type;
        switch (kind) {
            case 2, 3 -> verb = pick(VERBS);
            case 4 -> path = pick(PATHS);
            case 5 -> version = random.nextInt(4) == 0 ? "" : " " + pick(VERSIONS);
            default -> {}
        }
        boolean signable = verb.matches("[A-Z]{3,7}") && path.matches("/([a-z]+)?");
        Map<String, String> headers =
                new TreeMap<>(wire.headers(signable ? verb : "POST", signable ? path : "/", type, accept, body));
        if (kind == 6 || kind == 7) {
            damage(headers);
        } else if (kind == 8 || kind == 9) {
            headers.put("content-length", random.nextBoolean() ? pick(LENGTHS) : Integer.toString(body.length + 7));
        } else if (kind == 10) {
            headers.put("transfer-encoding", random.nextInt(4) == 0 ? "gzip, chunked" : "chunked");
            if (random.nextBoolean()) {
                headers.remove("content-length");
            }
            body = pick(CHUNKS).getBytes(ISO_8859_1);
        }
        byte[] whole = Wire.http(verb + " " + path + version, headers, body);
        return switch (kind) {
            case 11 -> DamagedBytes.of(whole, random, whole);
            case 12 -> java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
            case 13 -> (new String(whole, ISO_8859_1) + new String(whole, ISO_8859_1)).getBytes(ISO_8859_1);
            default -> whole;
        };
    }

    private void damage(Map<String, String> headers) {
        List<String> names = List.copyOf(headers.keySet());
        String name = pick(names);
        String value = Objects.requireNonNull(headers.get(name));
        switch (random.nextInt(6)) {
            case 0 -> headers.remove(name);
            case 1 -> headers.put(name, pick(List.of("", " ", "\u0001", "äöü", ",", "\t", "\"", "%s%n", "a\r\n b")));
            case 2 -> headers.put(name, value + "\r\n" + name + ": again");
            case 3 -> headers.put("x-nano-next", "x".repeat(1 << (8 + random.nextInt(13))));
            case 4 -> {
                for (int i = random.nextInt(3_000); i > 0; i--) {
                    headers.put("x-many-" + i, "x");
                }
            }
            default -> headers.put(name, value.substring(random.nextInt(value.length() + 1)));
        }
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
