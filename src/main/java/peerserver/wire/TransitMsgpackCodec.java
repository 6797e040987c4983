package peerserver.wire;

import com.cognitect.transit.impl.MsgpackEmitter;
import com.cognitect.transit.impl.MsgpackParser;
import com.cognitect.transit.impl.WriteCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/** Transit in MessagePack. */
final class TransitMsgpackCodec extends TransitCodec {

    static final TransitMsgpackCodec INSTANCE = new TransitMsgpackCodec();

    /**
     * Strings without the 8-bit length: MessagePack's first version, which old clients read, has none. Strings are encoded
     * as {@link String#getBytes} does at any length, so that half a surrogate pair becomes a question mark and does not
     * cost the caller a whole chunk.
     */
    private static final MessagePack.PackerConfig PACKER = new MessagePack.PackerConfig()
            .withStr8FormatSupport(false)
            .withSmallStringOptimizationThreshold(Integer.MAX_VALUE);

    private static final MessagePack.UnpackerConfig UNPACKER = new MessagePack.UnpackerConfig()
            .withActionOnMalformedString(CodingErrorAction.REPORT)
            .withActionOnUnmappableString(CodingErrorAction.REPORT);

    private TransitMsgpackCodec() {
        super("application/transit+msgpack");
    }

    @Override
    @Nullable Object read(byte[] body) throws IOException {
        MsgpackShape.check(body);
        try (MessageUnpacker unpacker = UNPACKER.newUnpacker(body)) {
            Object value = new MsgpackParser(
                            unpacker,
                            TransitReadHandlers.BY_TAG,
                            TransitReadHandlers.UNKNOWN,
                            TransitBuilders.MAP,
                            TransitBuilders.VECTOR)
                    .parse(new StrictReadCache());
            if (unpacker.hasNext()) {
                throw malformed();
            }
            return value;
        }
    }

    @Override
    void write(Object value, ByteArrayOutputStream out) throws Exception {
        try (MessagePacker packer = PACKER.newPacker(out)) {
            new Emitter(packer).emit(value, false, writeCache());
        }
    }

    private static final class Emitter extends MsgpackEmitter {
        private final Depth depth = new Depth();

        Emitter(MessagePacker packer) {
            super(packer, TransitWriteHandlers.forOneWriter(), TransitWriteHandlers.FALLBACK);
        }

        @Override
        protected void marshal(Object value, boolean asMapKey, WriteCache cache) throws Exception {
            depth.enter(value);
            super.marshal(value, asMapKey, cache);
            depth.leave();
        }

        @Override
        public void flushWriter() {
            // Once, at the end.
        }
    }
}
