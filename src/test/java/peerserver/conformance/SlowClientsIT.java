package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who takes all the time there is to say something, or says nothing, keeps nobody else waiting. */
@ExtendWith(SharedPeerServer.class)
@Timeout(300)
class SlowClientsIT {

    /** More than any container has threads. */
    private static final int MANY = 400;

    private static final int ROUNDS = 5;
    private static final byte[] HEADERS = """
            POST / HTTP/1.1
            Host: localhost
            Content-Type: application/edn
            x-nothing: nothing
            """.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);

    private final Target target;
    private final List<AutoCloseable> connections = new ArrayList<>();

    SlowClientsIT(Target target) {
        this.target = target;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable connection : connections) {
            connection.close();
        }
    }

    private List<KeptConnection> connect(int many) throws IOException {
        List<KeptConnection> connected = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            KeptConnection connection = new KeptConnection(target);
            connections.add(connection);
            connected.add(connection);
        }
        return connected;
    }

    private void assertOthersAreServed() {
        assertThat(SignedRequests.get(target, "/health").status()).isEqualTo(200);
        for (AccessKey key : target.keys()) {
            Connection connection = target.client(key).connect(Target.HELLO);
            assertThat(connection.db().pull("[:db/ident]", Clj.keyword("db/doc")))
                    .isEqualTo(Clj.edn("{:db/ident :db/doc}"));
        }
    }

    @Test
    void whoSendsHeadersAByteAtATime() throws IOException {
        List<KeptConnection> slow = connect(MANY);
        for (int i = 0; i < HEADERS.length; i++) {
            for (KeptConnection connection : slow) {
                connection.send(HEADERS[i]);
            }
            if (i % (HEADERS.length / ROUNDS) == 0) {
                assertOthersAreServed();
            }
        }
    }

    /** As many as are read at once, from one address, under a key that there is not; and then one from elsewhere. */
    @Test
    void whoSendsBodiesAByteAtATime() throws IOException, InterruptedException {
        byte[] body = new byte[100_000];
        byte[] unknown = KeptConnection.bytes(new SignedRequests(target, new AccessKey("stranger", "not-known-here"))
                .sign(Format.MSGPACK.mediaType(), body));
        int head = unknown.length - body.length;
        for (KeptConnection connection : connect(MANY)) {
            connection.send(Arrays.copyOf(unknown, head + 1));
        }
        byte[] status = KeptConnection.bytes(target.requests()
                .sign("application/edn", "{:op :datomic.catalog/list-dbs}".getBytes(StandardCharsets.US_ASCII)));
        KeptConnection elsewhere = new KeptConnection(target, "127.0.0.2");
        connections.add(elsewhere);
        elsewhere.send(Arrays.copyOf(status, status.length - 5));
        Thread.sleep(500);

        assertThat(elsewhere.exchange(Arrays.copyOfRange(status, status.length - 5, status.length)))
                .isEqualTo(200);
        assertOthersAreServed();
    }

    @Test
    void whoBeginsAHandshakeAndGoesNoFurther() throws IOException {
        for (int i = 0; i < MANY; i++) {
            Socket socket = new Socket("localhost", target.port());
            connections.add(socket);
            // The head of a record of TLS with a ClientHello that is to come.
            socket.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1, 0});
        }
        assertOthersAreServed();
    }

    @Test
    void whoConnectsAndSaysNothing() throws IOException {
        for (int i = 0; i < MANY; i++) {
            connections.add(new Socket("localhost", target.port()));
        }
        connect(MANY);
        assertOthersAreServed();
    }

    @Test
    void whoAsksForMuchAndDoesNotRead() throws IOException {
        AccessKey key = target.keys().get(1);
        String query = "[:find ?e ?a ?v ?x :in $ [?x ...] :where [?e ?a ?v]]";
        DbValue db = target.client(key).connect(Target.EMPTY).db();
        Object request = Clj.merge(
                RawContext.of(db),
                Clj.mapOf(
                        "op", Clj.keyword("q"),
                        "query", Clj.edn(query),
                        "args", Clj.vector(RawContext.of(db), Bulk.range(200)),
                        "limit", -1L,
                        "chunk", 100_000L));
        byte[] bytes = KeptConnection.bytes(
                new SignedRequests(target, key).sign(Format.MSGPACK.mediaType(), Format.MSGPACK.encode(request)));
        for (KeptConnection connection : connect(24)) {
            connection.send(bytes);
        }
        assertThat(SignedRequests.get(target, "/health").status()).isEqualTo(200);
        assertThat(target.client(target.keys().get(0))
                        .connect(Target.HELLO)
                        .db()
                        .pull("[:db/ident]", Clj.keyword("db/doc")))
                .isEqualTo(Clj.edn("{:db/ident :db/doc}"));
    }

    @Test
    @Tag("overload")
    void tenThousandWhoSayNothing() throws IOException {
        connect(10_000);
        assertOthersAreServed();
    }
}
