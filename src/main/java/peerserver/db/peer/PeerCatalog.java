package peerserver.db.peer;

import datomic.Peer;
import java.util.List;
import peerserver.db.Catalog;
import peerserver.db.EngineErrors;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;

/** The databases that the peer library reaches; those in memory are gone with the process that made them. */
public final class PeerCatalog implements Catalog {

    @Override
    public boolean knows(String uri) {
        return uri.startsWith("datomic:") && !uri.startsWith("datomic:local:");
    }

    @Override
    public boolean create(String uri) {
        return EngineErrors.translating(() -> Peer.createDatabase(durable(uri)));
    }

    @Override
    public List<String> names(String uri) {
        return EngineErrors.translating(() -> {
            // Null for storage in which nobody has created a database yet.
            List<?> names = Peer.getDatabaseNames(durable(uri));
            return names == null
                    ? List.of()
                    : names.stream().map(Object::toString).sorted().toList();
        });
    }

    @Override
    public boolean delete(String uri) {
        return EngineErrors.translating(() -> Peer.deleteDatabase(durable(uri)));
    }

    private static String durable(String uri) {
        if (uri.startsWith("datomic:mem:")) {
            throw Anomaly.of(
                            Category.UNSUPPORTED,
                            "A database in memory is part of the process that creates it, and gone with it: give its"
                                    + " URI to the server, with the property create")
                    .exception();
        }
        return PeerAddress.of(uri);
    }
}
