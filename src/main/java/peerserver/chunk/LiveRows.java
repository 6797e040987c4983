package peerserver.chunk;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import peerserver.config.IterationConfig;
import peerserver.db.Rows;

/**
 * The rows of iterations that are under way, kept on this node between chunks so that they need not be found again.
 * Whoever takes rows has them alone until they are put back. Thread-safe.
 */
@Singleton
public class LiveRows {

    private final PerOwner<Live> live;

    private record Live(Rows rows, long next) {}

    /** Within the bounds configured. */
    @Inject
    public LiveRows(IterationConfig config) {
        this.live = new PerOwner<>(
                config.perCaller(), config.bytesPerCaller(), Duration.ofMillis(config.idleMs()), live -> live.rows()
                        .weight());
    }

    /** The rows of an iteration, if they are kept and can go on from that row. */
    public @Nullable Rows take(TokenOwner owner, String iteration, long row) {
        Live taken = live.take(owner, iteration);
        return taken != null && (taken.next() == row || taken.rows().moveTo(row)) ? taken.rows() : null;
    }

    /** Keeps rows whose next one has that number. */
    public void keep(TokenOwner owner, String iteration, Rows rows, long next) {
        live.put(owner, iteration, new Live(rows, next));
    }
}
