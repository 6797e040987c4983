package peerserver.histories;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerserver.conformance.AccessKey;
import peerserver.launch.OperatorCommand;
import peerserver.launch.PeerServerProcess;

/** With Datomic Local behind the server, which keeps what it has acknowledged, also when it is killed. */
class LocalHistoriesIT extends HistoriesOfClients {

    private static final AccessKey KEY = new AccessKey("k", "s");
    private static final int KILLS = Integer.getInteger("peerserver.histories.kills", 1);

    private final List<String> arguments;
    private PeerServerProcess server;

    LocalHistoriesIT(@TempDir Path storage) {
        String uri = "datomic:local://histories/histories?storage-dir=" + storage;
        OperatorCommand.run("create-database", uri);
        arguments = List.of("-a", "k,s", "-d", "histories," + uri);
        server = PeerServerProcess.start(arguments);
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Override
    int port() {
        return server.port();
    }

    @Override
    AccessKey key() {
        return KEY;
    }

    @Override
    String database() {
        return "histories";
    }

    @Override
    Engine inProcess() {
        return Engine.localInProcess();
    }

    @Test
    void whatClientsKnowHoldsAfterAKill() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            if (kill % 2 == 0) {
                appendToLists(false, this::kill);
            } else {
                createEntities(false, this::kill);
            }
        }
    }

    /** Kills the server amid the work, and has it go on with another. */
    private void kill(RoughWay way) throws InterruptedException {
        Duration half = TIME.dividedBy(2);
        Thread.sleep(half.toMillis());
        server.kill();
        server = PeerServerProcess.start(arguments);
        way.leadTo(server.port());
        Thread.sleep(TIME.toMillis());
    }
}
