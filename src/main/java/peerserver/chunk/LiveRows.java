package peerserver.chunk;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import peerserver.config.IterationConfig;
import peerserver.db.Rows;
import peerserver.work.Workers;

/**
 * The rows of iterations that are under way, kept on this node between chunks so that they need not be found again. Those
 * of the next chunk are read meanwhile, when a thread has nothing else to do. Whoever takes rows has them alone until they
 * are put back. Thread-safe.
 */
@Singleton
public class LiveRows {

    private final PerOwner<Live> live;
    private final Workers workers;
    private final int aheadRows;

    private record Live(RowsAhead rows, long next) {}

    /** Within the bounds configured. */
    @Inject
    public LiveRows(IterationConfig config, Workers workers) {
        this.workers = workers;
        this.aheadRows = config.aheadRows();
        this.live = new PerOwner<>(
                config.perCaller(), config.bytesPerCaller(), Duration.ofMillis(config.idleMs()), live -> live.rows()
                        .weight());
        workers.whenHeapFull(live::clear);
    }

    /**
     * The rows of an iteration, if they are kept and can go on from that row.
     *
     * @param wait how long to wait for those that are being read
     * @throws TimeoutException when that takes longer; the rows are still kept then
     */
    public @Nullable Rows take(TokenOwner owner, String iteration, long row, Duration wait) throws TimeoutException {
        Live taken = live.take(owner, iteration);
        if (taken == null) {
            return null;
        }
        try {
            taken.rows().await(wait);
        } catch (TimeoutException e) {
            live.put(owner, iteration, taken);
            throw e;
        }
        return taken.next() == row || taken.rows().moveTo(row) ? taken.rows() : null;
    }

    /**
     * Keeps rows.
     *
     * @param next the number of the next row
     * @param wanted how many rows the next chunk will have at most
     */
    public void keep(TokenOwner owner, String iteration, Rows rows, long next, long wanted) {
        RowsAhead ahead = RowsAhead.of(rows, Math.min(wanted, aheadRows));
        live.put(owner, iteration, new Live(ahead, next));
        if (aheadRows > 0) {
            workers.share(owner.name()).spare(ahead.reading());
        }
    }
}
