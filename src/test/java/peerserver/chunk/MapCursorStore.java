package peerserver.chunk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps everything, as a session that nodes share. */
public final class MapCursorStore implements CursorStore {

    /** What is kept, by owner and id. */
    public final Map<String, String> kept = new ConcurrentHashMap<>();

    @Override
    public void keep(TokenOwner owner, String id, String sealed) {
        kept.put(owner.name() + ' ' + id, sealed);
    }

    @Override
    public @Nullable String find(TokenOwner owner, String id) {
        return kept.get(owner.name() + ' ' + id);
    }
}
