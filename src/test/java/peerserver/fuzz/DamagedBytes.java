package peerserver.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages encoded bodies, with an eye to what the three formats stumble over. */
final class DamagedBytes {

    /** Heads of MessagePack that promise much, and the openings of Transit and EDN; one character is one byte. */
    private static final List<String> PIECES = List.of(
            "\u00dd\u00ff\u00ff\u00ff\u00ff",
            "\u00dd\u007f\u00ff\u00ff\u00ff",
            "\u00df\u007f\u00ff\u00ff\u00ff",
            "\u00db\u007f\u00ff\u00ff\u00ff",
            "\u00db\u00ff\u00ff\u00ff\u00ff",
            "\u00c6\u007f\u00ff\u00ff\u00ff",
            "\u00c9\u007f\u00ff\u00ff\u00ff\u0001",
            "\u00dc\u00ff\u00ff",
            "\u00de\u00ff\u00ff",
            "\u00c1",
            "\u00c0",
            "\u00cf\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
            "\u00cb\u007f\u00f8\u0000\u0000\u0000\u0000\u0000\u0000",
            "\u0091",
            "\u0081\u00a3~:a",
            "\u0092\u00a5~#set",
            "\u0092\u00a6~#cmap\u0093",
            "[",
            "]",
            "{",
            "}",
            "(",
            ")",
            "\"",
            "\\",
            "[\"~#set\",[",
            "[\"~#cmap\",[1,",
            "[\"~#list\",",
            "[\"~#'\",",
            "[\"^ \",",
            "[\"~#datom\",[1,2,3,4,true]]",
            "[\"~#ratio\",[\"~n1\",\"~n0\"]]",
            "\"^0\"",
            "\"^!\"",
            "\"~_\"",
            "\"~zNaN\"",
            "\"~n99999999999999999999\"",
            "\"~f1e999999999\"",
            "\"~m9223372036854775807\"",
            "\"~rhttp://[\"",
            "\"~u0\"",
            "#_",
            "#{1 1}",
            "{:a 1 :a 2}",
            "#:a{:b ",
            "##NaN",
            "#inst \"2026-13-01\"",
            "#inst 5",
            "#uuid 5",
            "#uri \"[\"",
            "#bytes \"*\"",
            "#datom [1]",
            "#=(+ 1 1)",
            "^:a ",
            "^{:a ",
            "@a",
            "`a",
            "\\uD800",
            "\\newline",
            "1/0",
            "08",
            "1e999999999M",
            "99999999999999999999999N",
            ":",
            "::a",
            ":a/",
            "/",
            "\u00ff\u00fe",
            "\u00ef\u00bb\u00bf",
            "\u0000",
            ";");

    private final SplittableRandom random;
    private final byte[] other;

    private DamagedBytes(SplittableRandom random, byte[] other) {
        this.random = random;
        this.other = other;
    }

    /**
     * A body damaged once or a few times.
     *
     * @param other another body, parts of which may end up in this one
     */
    static byte[] of(byte[] body, SplittableRandom random, byte[] other) {
        DamagedBytes damage = new DamagedBytes(random, other);
        byte[] damaged = body;
        for (int times = 1 + random.nextInt(random.nextBoolean() ? 1 : 5); times > 0; times--) {
            damaged = damage.once(damaged);
        }
        return damaged;
    }

    private byte[] once(byte[] body) {
        int from = random.nextInt(body.length + 1);
        int to = Math.min(body.length, from + 1 + random.nextInt(8));
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(body, from);
            case 1 -> spliced(body, from, from, slice());
            case 2 -> spliced(body, from, to, new byte[0]);
            case 3 -> spliced(body, from, to, noise());
            case 4 -> spliced(body, from, from, Arrays.copyOfRange(body, from, to));
            case 5 -> spliced(body, from, from, piece());
            case 6 -> spliced(body, from, to, piece());
            case 7 -> random.nextInt(10) == 0 ? spliced(body, from, from, nested()) : spliced(body, to, to, piece());
            default -> flipped(body);
        };
    }

    private byte[] flipped(byte[] body) {
        byte[] copy = body.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] piece() {
        return PIECES.get(random.nextInt(PIECES.size())).getBytes(ISO_8859_1);
    }

    private byte[] nested() {
        String opening = PIECES.get(random.nextInt(PIECES.size()));
        return opening.repeat(1 + random.nextInt(10_000)).getBytes(ISO_8859_1);
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(8)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] slice() {
        int from = random.nextInt(other.length + 1);
        return Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(64)));
    }

    private static byte[] spliced(byte[] body, int from, int to, byte[] piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + piece.length);
        out.write(body, 0, from);
        out.writeBytes(piece);
        out.write(body, to, body.length - to);
        return out.toByteArray();
    }
}
