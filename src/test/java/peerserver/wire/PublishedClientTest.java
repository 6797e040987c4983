package peerserver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.ILookup;
import clojure.lang.IPersistentMap;
import clojure.lang.ISeq;
import clojure.lang.RT;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our codecs against the reader and the writer of the published client. */
final class PublishedClientTest {

    private static final String CLIENT_IO = "datomic.client.impl.shared.io";

    @BeforeAll
    static void load() {
        IFn require = Clojure.var("clojure.core", "require");
        require.invoke(Clojure.read("cognitect.transit"));
        require.invoke(Clojure.read(CLIENT_IO));
    }

    /** Reads as the client reads an answer. */
    private static Object clientReads(TransitCodecTest.Format format, byte[] body) {
        Object type = Samples.key(format == TransitCodecTest.Format.JSON ? "json" : "msgpack");
        Object handlers = ((clojure.lang.Var) Clojure.var(CLIENT_IO, "read-handlers")).deref();
        Object reader = Clojure.var("cognitect.transit", "reader")
                .invoke(new ByteArrayInputStream(body), type, RT.map(Samples.key("handlers"), handlers));
        return Clojure.var("cognitect.transit", "read").invoke(reader);
    }

    /** Writes as the client writes a request. */
    private static byte[] clientWrites(Object value) {
        Object request = RT.map(Keys.OP, Samples.key("q"), Keys.ARGS, value);
        IPersistentMap http =
                (IPersistentMap) Clojure.var(CLIENT_IO, "client-req->http-req").invoke(request);
        ByteBuffer buffer = (ByteBuffer) http.valAt(Samples.key("body"));
        byte[] body = new byte[buffer.remaining()];
        buffer.get(body);
        return body;
    }

    private static boolean hasDatom(Object value) {
        return value instanceof Datom;
    }

    static Stream<Arguments> answers() {
        return Stream.of(TransitCodecTest.Format.values()).flatMap(format -> Samples.values()
                .filter(value -> !hasDatom(value) && !(value instanceof URI))
                .map(value -> arguments(format, value)));
    }

    static Stream<Object> requests() {
        return Samples.values().filter(value -> !hasDatom(value));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theClientReadsWhatWeWrite(TransitCodecTest.Format format, Object value) {
        Object read = clientReads(format, format.codec.encode(List.of(value)));

        assertThat(((List<?>) read).get(0)).isEqualTo(value);
        assertThat(((List<?>) read).get(0) instanceof ISeq).isEqualTo(value instanceof ISeq);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void weReadWhatTheClientWrites(Object value) {
        Map<?, ?> read = (Map<?, ?>) TransitCodec.msgpack().decode(clientWrites(value));

        assertThat(read.get(Keys.ARGS)).isEqualTo(value);
        assertThat(read.get(Keys.ARGS) instanceof ISeq).isEqualTo(value instanceof ISeq);
    }

    @ParameterizedTest
    @EnumSource(TransitCodecTest.Format.class)
    void datomsReachTheClientAsItsOwn(TransitCodecTest.Format format) {
        Object read = clientReads(format, format.codec.encode(List.of(new Datom(1L, 2L, "v", 3L, false))));

        Object datom = ((List<?>) read).get(0);
        assertThat(datom.getClass().getName()).isEqualTo("datomic.client.impl.shared.datom.Datom");
        assertThat(((ILookup) datom).valAt(Keys.V)).isEqualTo("v");
        assertThat(((ILookup) datom).valAt(Samples.key("added"))).isEqualTo(false);
    }

    @ParameterizedTest
    @EnumSource(TransitCodecTest.Format.class)
    void urisBytesAndBigIntegersReachTheClient(TransitCodecTest.Format format) {
        List<?> read = (List<?>) clientReads(
                format,
                format.codec.encode(List.of(URI.create("urn:a"), new byte[] {1, 2}, BigInteger.TWO.pow(70), 1.5f)));

        assertThat(read.get(0)).hasToString("urn:a");
        assertThat((byte[]) read.get(1)).containsExactly(1, 2);
        assertThat(read.get(2)).isEqualTo(Samples.bigInt(BigInteger.TWO.pow(70)));
        assertThat(read.get(3)).isEqualTo(1.5);
    }

    @Test
    void theClientsBytesBigIntegersAndFloatsArrive() {
        Object args = Samples.vector(new byte[] {1, 2}, Samples.bigInt(BigInteger.TWO.pow(70)), BigInteger.TEN, 1.5f);

        List<?> read =
                Fields.of(TransitCodec.msgpack().decode(clientWrites(args))).requiredList(Keys.ARGS);

        assertThat((byte[]) read.get(0)).containsExactly(1, 2);
        assertThat(read.get(1)).isEqualTo(Samples.bigInt(BigInteger.TWO.pow(70)));
        assertThat(read.get(2)).isEqualTo(Samples.bigInt(BigInteger.TEN));
        assertThat(read.get(3)).isEqualTo(1.5);
    }

    @ParameterizedTest
    @EnumSource(TransitCodecTest.Format.class)
    void anomaliesReachTheClient(TransitCodecTest.Format format) {
        Map<?, ?> read = (Map<?, ?>) clientReads(
                format,
                format.codec.encode(
                        Anomaly.of(Category.NOT_FOUND, "no such database").toMap()));

        assertThat(read.get(clojure.lang.Keyword.intern("cognitect.anomalies", "category")))
                .isEqualTo(Category.NOT_FOUND.keyword());
    }
}
