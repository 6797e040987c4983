package peerserver.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import peerserver.conformance.AccessKey;
import peerserver.conformance.Intermediary;
import peerserver.conformance.SharedPeerServer;
import peerserver.conformance.Target;
import peerserver.launch.PeerServerProcess;

/** The oldest client sends a transaction again, after ten seconds, whose answer says that the server is not there. */
@ExtendWith(SharedPeerServer.class)
class SentAgainIT {

    private final Target target;

    SentAgainIT(Target target) {
        this.target = target;
    }

    @Test
    void aTransactionThatTheOldestClientSendsAgainIsMadeOnce() {
        Path checkout = PeerServerProcess.checkout();
        AccessKey key = target.keys().get(0);
        String text = "sent again by the oldest client";
        try (Intermediary intermediary = Intermediary.before(
                target.port(),
                (operation, time, answer) -> operation.equals("transact") && time == 1
                        ? Intermediary.status("503 Service Unavailable")
                        : answer)) {
            List<String> args = List.of(intermediary.endpoint(), key.key(), key.secret(), Target.HELLO, text);

            ClientProgram program = ClientProgram.run(
                    checkout,
                    Map.of(),
                    new PublishedClient(ClientMatrixIT.SAMPLE.get(0))
                            .command(checkout.resolve("src/test/clojure/transact.clj"), args));

            assertThat(intermediary.count("transact")).as(program.output()).isEqualTo(2);
            assertThat(program.output().lines()).last().isEqualTo("1");
        }
    }
}
