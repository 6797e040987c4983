package peerserver.code;

import java.nio.file.Path;
import peerserver.db.NamedDatabase;
import peerserver.db.local.TemporaryDatabase;
import peerserver.db.peer.MemoryDatabase;

/** The engines, with a new database of each. */
enum EscapeEngine {
    PEER_LIBRARY {
        @Override
        NamedDatabase open(Path directory, String name) {
            return new MemoryDatabase(name).served();
        }
    },
    LOCAL {
        @Override
        NamedDatabase open(Path directory, String name) {
            return TemporaryDatabase.open(directory, name);
        }
    };

    /** A new database with the id {@code NAME-id}. */
    abstract NamedDatabase open(Path directory, String name);

    /** What it is called in lists. */
    String letter() {
        return name().substring(0, 1);
    }
}
