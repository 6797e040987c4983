package peerserver.conformance;

import clojure.lang.IFn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A format of bodies, written and read by the client's own code. */
enum Format {
    MSGPACK("application/transit+msgpack", "msgpack"),
    JSON("application/transit+json", "json"),
    EDN("application/edn", "");

    private static final IFn WRITER = Clj.fn("cognitect.transit", "writer");
    private static final IFn WRITE = Clj.fn("cognitect.transit", "write");
    private static final IFn READER = Clj.fn("cognitect.transit", "reader");
    private static final IFn READ = Clj.fn("cognitect.transit", "read");
    private static final IFn READ_HANDLERS = Clj.fn("datomic.client.impl.shared.io", "read-handlers");

    private final String mediaType;
    private final String transitType;

    Format(String mediaType, String transitType) {
        this.mediaType = mediaType;
        this.transitType = transitType;
    }

    String mediaType() {
        return mediaType;
    }

    byte[] encode(Object value) {
        if (this == EDN) {
            return Clj.print(value).getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WRITE.invoke(WRITER.invoke(out, Clj.keyword(transitType)), value);
        return out.toByteArray();
    }

    Object decode(byte[] body) {
        if (this == EDN) {
            return Clj.edn(new String(body, StandardCharsets.UTF_8));
        }
        Object handlers = ((clojure.lang.Var) READ_HANDLERS).deref();
        Object in = new ByteArrayInputStream(body);
        return READ.invoke(READER.invoke(in, Clj.keyword(transitType), Clj.mapOf("handlers", handlers)));
    }
}
