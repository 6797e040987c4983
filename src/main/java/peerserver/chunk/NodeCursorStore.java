package peerserver.chunk;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import peerserver.config.IterationConfig;

/** Keeps recipes on this node. */
@Singleton
public class NodeCursorStore implements CursorStore {

    private final PerOwner<String> recipes;

    /** Within the bounds configured. */
    @Inject
    public NodeCursorStore(IterationConfig config) {
        this.recipes = new PerOwner<>(
                Integer.MAX_VALUE,
                config.recipeBytesPerCaller(),
                Duration.ofMillis(config.idleMs()),
                recipe -> 64L + recipe.length());
    }

    @Override
    public void keep(TokenOwner owner, String id, String sealed) {
        recipes.put(owner, id, sealed);
    }

    @Override
    public @Nullable String find(TokenOwner owner, String id) {
        return recipes.find(owner, id);
    }
}
