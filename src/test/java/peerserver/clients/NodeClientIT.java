package peerserver.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import peerserver.conformance.SharedPeerServer;
import peerserver.conformance.Target;
import peerserver.launch.PeerServerProcess;

/** A small client of our own in JavaScript walks through every operation: transit+json, a signature by hand, no cookies. */
@ExtendWith(SharedPeerServer.class)
class NodeClientIT {

    private static final List<String> FILES = List.of("package.json", "package-lock.json", "client.js", "walk.test.js");

    private final Target target;

    NodeClientIT(Target target) {
        this.target = target;
    }

    @Test
    void everyStepOfTheWalkInJavaScriptWorks() throws IOException, InterruptedException {
        Path checkout = PeerServerProcess.checkout();
        Path directory = Files.createDirectories(checkout.resolve("target/js"));
        for (String file : FILES) {
            Files.copy(
                    checkout.resolve("src/test/js").resolve(file),
                    directory.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        NodeTools tools = NodeTools.in(directory);
        ClientProgram installed = tools.npm(directory, "ci", "--no-audit", "--no-fund", "--prefer-offline");
        assertThat(installed.status()).as(installed.output()).isZero();

        ClientProgram walk = ClientProgram.run(
                directory,
                Map.of(
                        "ENDPOINT", target.endpoint(),
                        "ACCESS_KEY", target.keys().get(0).key(),
                        "SECRET", target.keys().get(0).secret(),
                        "DB_NAME", Target.HELLO),
                List.of(tools.node().toString(), "--test", "--test-reporter=tap", "walk.test.js"));

        assertThat(walk.status()).as(walk.output()).isZero();
        assertThat(walk.output()).contains("# pass 16", "# fail 0", "# skipped 0");
    }
}
