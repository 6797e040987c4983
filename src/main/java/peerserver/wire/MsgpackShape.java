package peerserver.wire;

/**
 * Walks a MessagePack body before it is parsed: exactly one value, nothing after it, no length beyond the body's end and
 * no nesting beyond the limit. Whatever passes can be parsed in memory and stack bounded by the body.
 */
final class MsgpackShape {

    private final byte[] body;
    private final int limit;
    private final long[] missing;
    private int depth;
    private int position;

    private MsgpackShape(byte[] body, int limit) {
        this.body = body;
        this.limit = limit;
        this.missing = new long[limit + 1];
    }

    /**
     * Checks a body.
     *
     * @throws AnomalyException {@code incorrect} when it is not the one value it should be
     */
    static void check(byte[] body, int limit) {
        new MsgpackShape(body, limit).walk();
    }

    private void walk() {
        missing[0] = 1;
        do {
            missing[depth]--;
            value();
            while (depth > 0 && missing[depth] == 0) {
                depth--;
            }
        } while (missing[depth] > 0);
        if (position != body.length) {
            throw AnomalyException.incorrect("The body goes on after its value");
        }
    }

    private void value() {
        int head = (int) unsigned(1);
        if (head < 0x80 || head >= 0xe0) {
            return; // a small integer
        }
        if (head < 0x90) {
            open(2L * (head & 0x0f));
        } else if (head < 0xa0) {
            open(head & 0x0f);
        } else if (head < 0xc0) {
            skip(head & 0x1f);
        } else {
            large(head);
        }
    }

    private void large(int head) {
        switch (head) {
            case 0xc0, 0xc2, 0xc3 -> {} // nil, false, true
            case 0xcc, 0xd0 -> skip(1);
            case 0xcd, 0xd1 -> skip(2);
            case 0xca, 0xce, 0xd2 -> skip(4);
            case 0xcb, 0xcf, 0xd3 -> skip(8);
            case 0xd9 -> skip(unsigned(1));
            case 0xda -> skip(unsigned(2));
            case 0xdb -> skip(unsigned(4));
            case 0xdc -> open(unsigned(2));
            case 0xdd -> open(unsigned(4));
            case 0xde -> open(2 * unsigned(2));
            case 0xdf -> open(2 * unsigned(4));
            default -> throw TransitCodec.malformed(); // binary and extension types, which Transit does not use
        }
    }

    private void open(long items) {
        if (items > body.length - position) {
            throw truncated();
        }
        if (++depth > limit) {
            throw Limits.tooDeep(limit);
        }
        missing[depth] = items;
    }

    private void skip(long bytes) {
        if (bytes > body.length - position) {
            throw truncated();
        }
        position += (int) bytes;
    }

    private long unsigned(int bytes) {
        int start = position;
        skip(bytes);
        long value = 0;
        for (int i = start; i < position; i++) {
            value = (value << 8) | (body[i] & 0xff);
        }
        return value;
    }

    private static AnomalyException truncated() {
        return AnomalyException.incorrect("The body ends before its value does");
    }
}
