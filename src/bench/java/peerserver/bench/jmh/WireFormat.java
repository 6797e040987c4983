package peerserver.bench.jmh;

import com.cognitect.transit.TransitFactory.Format;
import peerserver.wire.TransitCodec;
import peerserver.wire.WireCodec;

/** The two forms of Transit, ours and plain. */
public enum WireFormat {
    MSGPACK(TransitCodec.msgpack(), Format.MSGPACK),
    JSON(TransitCodec.json(), Format.JSON);

    private final WireCodec codec;
    private final PlainTransit plain;

    WireFormat(WireCodec codec, Format format) {
        this.codec = codec;
        this.plain = new PlainTransit(format);
    }

    /** The server's codec. */
    public WireCodec codec() {
        return codec;
    }

    PlainTransit plain() {
        return plain;
    }
}
