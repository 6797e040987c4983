package peerserver.op;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import peerserver.chunk.PerOwner;
import peerserver.chunk.TokenOwner;
import peerserver.config.TransactionConfig;

/** Keeps outcomes of transactions on this node. Thread-safe. */
@Singleton
public class NodeOutcomeStore implements OutcomeStore {

    private final PerOwner<Outcome> outcomes;

    /** Within the bounds configured. */
    @Inject
    NodeOutcomeStore(TransactionConfig config) {
        this(config, System::nanoTime);
    }

    NodeOutcomeStore(TransactionConfig config, LongSupplier nanoTime) {
        this.outcomes = new PerOwner<>(
                config.perCaller(),
                config.bytesPerCaller(),
                Duration.ofMillis(config.windowMs()),
                Outcome::weight,
                nanoTime);
    }

    @Override
    public void keep(TokenOwner owner, String id, Outcome outcome) {
        outcomes.put(owner, id, outcome);
    }

    @Override
    public @Nullable Outcome find(TokenOwner owner, String id) {
        return outcomes.find(owner, id);
    }
}
