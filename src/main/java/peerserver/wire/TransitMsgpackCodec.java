package peerserver.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cognitect.transit.impl.MsgpackEmitter;
import com.cognitect.transit.impl.MsgpackParser;
import com.cognitect.transit.impl.WriteCache;
import com.cognitect.transit.impl.WriteHandlerMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.ArrayBufferInput;
import org.msgpack.core.buffer.MessageBuffer;

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

    private static final char REPLACEMENT = '\ufffd';

    private TransitMsgpackCodec() {
        super("application/transit+msgpack");
    }

    @Override
    @Nullable Object read(byte[] body, int depth) throws IOException {
        MsgpackShape.check(body, depth);
        try (MessageUnpacker unpacker = new Unpacker(body)) {
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
        WriteHandlerMap handlers = TransitWriteHandlers.borrow();
        try (MessagePacker packer = PACKER.newPacker(out)) {
            new Emitter(packer, handlers).emit(value, false, writeCache());
        } finally {
            TransitWriteHandlers.giveBack(handlers);
        }
    }

    /** Decodes strings straight from the body: the library's own way to find out malformed ones costs as much as all else. */
    private static final class Unpacker extends MessageUnpacker {

        Unpacker(byte[] body) {
            super(new ArrayBufferInput(body), MessagePack.DEFAULT_UNPACKER_CONFIG);
        }

        @Override
        public String unpackString() throws IOException {
            int length = unpackRawStringHeader();
            MessageBuffer bytes = readPayloadAsReference(length);
            String text = new String(bytes.array(), bytes.arrayOffset(), length, UTF_8);
            if (text.indexOf(REPLACEMENT) >= 0) {
                // Malformed, unless it is there.
                UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.array(), bytes.arrayOffset(), length));
            }
            return text;
        }
    }

    private static final class Emitter extends MsgpackEmitter {
        private final Depth depth = new Depth();
        private final CommonValues common = new CommonValues(this, this::marshal);

        Emitter(MessagePacker packer, WriteHandlerMap handlers) {
            super(packer, handlers, TransitWriteHandlers.FALLBACK);
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
        public void emitMapStart(Long size) throws Exception {
            depth.enter();
            super.emitMapStart(size);
        }

        @Override
        public void emitMapEnd() throws Exception {
            super.emitMapEnd();
            depth.leave();
        }

        @Override
        public void flushWriter() {
            // Once, at the end.
        }
    }
}
