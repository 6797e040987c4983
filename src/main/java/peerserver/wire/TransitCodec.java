package peerserver.wire;

import com.cognitect.transit.impl.AbstractParser;
import com.cognitect.transit.impl.ReadCache;
import com.cognitect.transit.impl.WriteCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Transit, in MessagePack or JSON.
 *
 * <p>Built on the library's parsers and emitters rather than its factory: the factory's readers replace malformed text
 * silently and read past what a body declares, and its writers flush after every value.
 */
public abstract sealed class TransitCodec implements WireCodec permits TransitMsgpackCodec, TransitJsonCodec {

    private static final int INITIAL_SIZE = 8_192;

    private final String mediaType;

    TransitCodec(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Transit in MessagePack, {@code application/transit+msgpack}, which the JVM client speaks. */
    public static TransitCodec msgpack() {
        return TransitMsgpackCodec.INSTANCE;
    }

    /** Transit in JSON, {@code application/transit+json}. */
    public static TransitCodec json() {
        return TransitJsonCodec.INSTANCE;
    }

    @Override
    public final String mediaType() {
        return mediaType;
    }

    @Override
    public final Object decode(byte[] body, int depth) {
        @Nullable Object value;
        try {
            value = TransitBuilders.value(read(body, depth));
        } catch (AnomalyException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw malformed();
        }
        if (value == null) {
            throw AnomalyException.incorrect("The body holds nothing");
        }
        return value;
    }

    @Override
    public final byte[] encode(Object value, int most) {
        ByteArrayOutputStream out = new Bounded(most);
        try {
            write(value, out);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** Reads the one value of a body. Every failure is the body's. */
    abstract @Nullable Object read(byte[] body, int depth) throws IOException;

    abstract void write(Object value, ByteArrayOutputStream out) throws Exception;

    static AnomalyException malformed() {
        return AnomalyException.incorrect("The body is not valid Transit");
    }

    /** Reading's cache of one body, which refuses a code that stands for nothing. */
    static final class StrictReadCache extends ReadCache {
        @Override
        public Object cacheRead(String text, boolean asMapKey, AbstractParser parser) {
            Object value = super.cacheRead(text, asMapKey, parser);
            if (value == null && text.startsWith("^")) {
                throw malformed();
            }
            return value;
        }
    }

    /** Takes no more than so many bytes. */
    private static final class Bounded extends ByteArrayOutputStream {
        private final int most;

        Bounded(int most) {
            super(INITIAL_SIZE);
            this.most = most;
        }

        @Override
        public synchronized void write(int b) {
            check(1);
            super.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            check(length);
            super.write(bytes, offset, length);
        }

        private void check(int more) {
            if (more > most - count) {
                throw Limits.tooLong(most);
            }
        }
    }

    /** Counts how many arrays and maps of the answer a writer is in. */
    static final class Depth {
        private int depth;

        void enter() {
            if (++depth > Limits.DEPTH) {
                throw Limits.answerTooDeep();
            }
        }

        void leave() {
            depth--;
        }
    }

    static WriteCache writeCache() {
        return new WriteCache(true);
    }
}
