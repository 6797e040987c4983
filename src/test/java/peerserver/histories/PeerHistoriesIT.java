package peerserver.histories;

import org.junit.jupiter.api.extension.ExtendWith;
import peerserver.conformance.AccessKey;
import peerserver.conformance.SharedPeerServer;
import peerserver.conformance.Target;

/** With the peer library behind the server. */
@ExtendWith(SharedPeerServer.class)
class PeerHistoriesIT extends HistoriesOfClients {

    private final Target target;

    PeerHistoriesIT(Target target) {
        this.target = target;
    }

    @Override
    int port() {
        return target.port();
    }

    @Override
    AccessKey key() {
        return target.keys().get(0);
    }

    @Override
    String database() {
        return Target.HELLO;
    }

    @Override
    Engine inProcess() {
        return Engine.peerInProcess();
    }
}
