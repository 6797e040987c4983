package peerserver.db.local;

import java.util.List;
import peerserver.db.Catalog;
import peerserver.wire.AnomalyException;

/** The databases of a system of Datomic Local. */
public final class LocalCatalog implements Catalog {

    @Override
    public boolean knows(String uri) {
        return LocalUri.isLocal(uri);
    }

    @Override
    public boolean create(String uri) {
        return storage(uri).create();
    }

    @Override
    public List<String> names(String uri) {
        return new LocalStorage(LocalUri.parse(uri)).names();
    }

    @Override
    public boolean delete(String uri) {
        LocalStorage storage = storage(uri);
        if (!storage.exists()) {
            return false;
        }
        // Local deletes the files of whoever has them open; open here, nobody else has.
        try (OpenStorage open = storage.open()) {
            storage.delete();
            DatabaseId.forget(open.uri().directory());
        }
        return true;
    }

    private static LocalStorage storage(String uri) {
        LocalUri parsed = LocalUri.parse(uri);
        if (parsed.database().equals("*")) {
            throw AnomalyException.incorrect("Expected the name of one database, not *");
        }
        return new LocalStorage(parsed);
    }
}
