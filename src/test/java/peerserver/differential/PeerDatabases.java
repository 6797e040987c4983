package peerserver.differential;

import static org.assertj.core.api.Assertions.assertThat;

import datomic.Peer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Databases in memory, of the peer library. */
final class PeerDatabases extends Databases {

    @Override
    Map<String, String> served() {
        return NAMES.stream().collect(Collectors.toMap(name -> name, name -> "datomic:mem://" + name));
    }

    @Override
    Side inProcess(List<Long> ts) {
        return new PeerLibrary(
                NAMES.stream().collect(Collectors.toMap(name -> name, name -> {
                    String uri = "datomic:mem://" + name + '-' + UUID.randomUUID();
                    Peer.createDatabase(uri);
                    return Peer.connect(uri);
                })),
                ts);
    }

    @Override
    void fillServed(Side wire, Side trusted, List<Filling> fillings) {
        for (Filling filling : fillings) {
            // The ledger has predicates of entities, for which there is no function that anybody may name.
            Side side = filling.database().equals("ledger") ? trusted : wire;
            assertThat(side.run("transact", filling.transaction())).isEqualTo(filling.outcome());
        }
    }
}
