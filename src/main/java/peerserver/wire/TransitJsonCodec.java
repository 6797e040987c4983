package peerserver.wire;

import com.cognitect.transit.impl.JsonEmitter;
import com.cognitect.transit.impl.WriteCache;
import com.cognitect.transit.impl.WriteHandlerMap;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Transit in JSON. */
final class TransitJsonCodec extends TransitCodec {

    static final TransitJsonCodec INSTANCE = new TransitJsonCodec();

    /** By the depth they allow: the one that is configured, and the one of all else. */
    private static final Map<Integer, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

    private static final JsonFactory FACTORY = factory(Limits.DEPTH);

    private TransitJsonCodec() {
        super("application/transit+json");
    }

    private static JsonFactory factory(int depth) {
        return FACTORIES.computeIfAbsent(depth, limit -> JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limit)
                        .maxNumberLength(Limits.NUMBER_LENGTH)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build());
    }

    @Override
    @Nullable Object read(byte[] body, int depth) throws IOException {
        try (JsonParser tokens = factory(depth).createParser(body)) {
            Object value = new com.cognitect.transit.impl.JsonParser(
                            tokens,
                            TransitReadHandlers.BY_TAG,
                            TransitReadHandlers.UNKNOWN,
                            TransitBuilders.MAP,
                            TransitBuilders.VECTOR)
                    .parse(new StrictReadCache());
            if (tokens.nextToken() != null) {
                throw malformed();
            }
            return value;
        }
    }

    @Override
    void write(Object value, ByteArrayOutputStream out) throws Exception {
        WriteHandlerMap handlers = TransitWriteHandlers.borrow();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            new Emitter(generator, handlers).emit(value, false, writeCache());
        } finally {
            TransitWriteHandlers.giveBack(handlers);
        }
    }

    private static final class Emitter extends JsonEmitter {
        private final Depth depth = new Depth();
        private final CommonValues common = new CommonValues(this, this::marshal);

        Emitter(JsonGenerator generator, WriteHandlerMap handlers) {
            super(generator, handlers, TransitWriteHandlers.FALLBACK);
        }

        @Override
        protected void marshal(Object value, boolean asMapKey, WriteCache cache) throws Exception {
            if (!common.write(value, asMapKey, cache)) {
                super.marshal(value, asMapKey, cache);
            }
        }

        @Override
        public void emitArrayStart(Long size) throws Exception {
            depth.enter();
            super.emitArrayStart(size);
        }

        @Override
        public void emitArrayEnd() throws Exception {
            super.emitArrayEnd();
            depth.leave();
        }

        @Override
        public void flushWriter() {
            // Once, at the end.
        }
    }
}
