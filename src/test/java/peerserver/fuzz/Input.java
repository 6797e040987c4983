package peerserver.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import clojure.lang.Keyword;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import peerserver.wire.AnomalyException;
import peerserver.wire.EdnCodec;
import peerserver.wire.TransitCodec;
import peerserver.wire.WireCodec;

/** A body, and the format that it pretends to be in. */
final class Input {

    static final List<WireCodec> CODECS = List.of(TransitCodec.msgpack(), TransitCodec.json(), EdnCodec.INSTANCE);

    /** Everything that opens a level, of each format in {@link #CODECS}. */
    private static final List<List<String>> OPENINGS = List.of(
            List.of(
                    "\u0091",
                    "\u0081\u0001",
                    "\u0081",
                    "\u0092\u00a6~#list\u0091",
                    "\u0092\u00a3~#'",
                    "\u0092\u00a5~#set"),
            List.of(
                    "[",
                    "{\"a\":",
                    "[\"~#list\",[",
                    "[\"~#'\",",
                    "[\"^ \",\"~:abcd\",",
                    "[\"~#set\",[",
                    "{\"~#set\":["),
            List.of("[", "(", "{", "#{", "{:a ", "#_", "#a ", "^", "^{:a ", "#:a{", "'", "@"));

    private final WireCodec codec;
    private final byte[] body;

    private Input(WireCodec codec, byte[] body) {
        this.codec = codec;
        this.body = body;
    }

    /** A body written as text, in which {@code '} stands for {@code "}. */
    static Input of(WireCodec codec, String text) {
        return new Input(codec, text.replace('\'', '"').getBytes(ISO_8859_1));
    }

    WireCodec codec() {
        return codec;
    }

    byte[] body() {
        return body;
    }

    /** The format, and the body in hexadecimal. */
    @Override
    public String toString() {
        return codec.mediaType() + " " + HexFormat.of().formatHex(body);
    }

    /** Damages a request as data, as bytes, or both; or makes up something worse. */
    static Input of(SplittableRandom random, Corpus corpus) {
        int format = random.nextInt(CODECS.size());
        WireCodec codec = CODECS.get(format);
        int kind = random.nextInt(100);
        if (kind < 3) {
            return new Input(codec, deep(random, OPENINGS.get(format)));
        }
        if (kind < 5) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return new Input(codec, noise);
        }
        Map<Keyword, Object> request =
                corpus.requests().get(random.nextInt(corpus.requests().size()));
        if (kind < 10) {
            return new Input(codec, repeatingKey(request, random, codec));
        }
        if (kind < 30) {
            Map<Keyword, Object> another =
                    corpus.requests().get(random.nextInt(corpus.requests().size()));
            byte[] body = codec.encode(request);
            return new Input(codec, DamagedBytes.of(body, random, codec.encode(another)));
        }
        byte[] body = encoded(damaged(request, random, corpus), codec);
        return new Input(codec, kind < 40 ? DamagedBytes.of(body, random, body) : body);
    }

    private static @Nullable Object damaged(Object request, SplittableRandom random, Corpus corpus) {
        Object damaged = request;
        for (int times = 1 + random.nextInt(random.nextBoolean() ? 1 : 5); times > 0; times--) {
            damaged = DamagedTree.of(damaged, random, corpus);
        }
        return damaged;
    }

    /** The body, or an empty one of what has no form on the wire. */
    static byte[] encoded(@Nullable Object tree, WireCodec codec) {
        if (tree == null) {
            return "null".getBytes(ISO_8859_1);
        }
        try {
            return codec.encode(tree);
        } catch (AnomalyException e) {
            return new byte[0];
        }
    }

    private static byte[] deep(SplittableRandom random, List<String> openings) {
        String opening = openings.get(random.nextInt(openings.size()));
        int levels = 1 + random.nextInt(random.nextBoolean() ? 140 : 20_000);
        String closing = random.nextBoolean() ? "" : "]".repeat(levels);
        return (opening.repeat(levels) + closing).getBytes(ISO_8859_1);
    }

    /** A map that holds one key twice: encoded with two keys of one length, one of which then becomes the other. */
    private static byte[] repeatingKey(Map<Keyword, Object> request, SplittableRandom random, WireCodec codec) {
        List<Keyword> keys = List.copyOf(request.keySet());
        String twice = keys.get(random.nextInt(keys.size())).toString();
        String placeholder = ":" + "z".repeat(twice.length() - 1);
        Map<Object, Object> request2 = new LinkedHashMap<>(request);
        request2.put(Keyword.intern(placeholder.substring(1)), request.get(keys.get(random.nextInt(keys.size()))));
        String encoded = new String(codec.encode(request2), ISO_8859_1);
        return encoded.replace(placeholder, twice).getBytes(ISO_8859_1);
    }
}
