package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever does not speak TLS to the one port there is. */
abstract class PlainHttpConformance extends Conformance {

    /** A guard against an end that never comes. */
    private static final int PATIENCE_MS = 60_000;

    PlainHttpConformance(Target target) {
        super(target);
    }

    /** What comes back until the server closes the connection, which it does while the caller keeps it open. */
    private byte[] plainly(String text) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket("localhost", target.port())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                answer.write(next);
            }
        } catch (SocketException e) {
            // Reset: closed, too.
        }
        return answer.toByteArray();
    }

    private void assertAnswersOthers() {
        assertThat(SignedRequests.get(target, "/health").status()).isEqualTo(200);
        assertThat(hello.db().pull("[:db/ident]", Clj.keyword("db/doc"))).isEqualTo(Clj.edn("{:db/ident :db/doc}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/edn\r\nContent-Length: 5\r\n\r\n{:a 1",
                "POST / HTTP/1.0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                "hello, is anybody there?\n"
            })
    void theConnectionIsClosedWithoutAnAnswerAndOthersAreAnswered(String text) throws IOException {
        byte[] answer = plainly(text);

        // Nothing, or an alert of TLS.
        assertThat(answer).satisfiesAnyOf(none -> assertThat(none).isEmpty(), alert -> assertThat(alert)
                .startsWith(0x15, 0x03));
        assertAnswersOthers();
    }

    @Test
    void manyInARowDoNoHarm() throws IOException {
        for (int i = 0; i < 100; i++) {
            plainly("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        assertAnswersOthers();
    }

    @Test
    void someoneWhoSaysNothingAndLeavesDoesNoHarm() throws IOException {
        for (int i = 0; i < 100; i++) {
            new Socket("localhost", target.port()).close();
        }
        assertAnswersOthers();
    }
}
