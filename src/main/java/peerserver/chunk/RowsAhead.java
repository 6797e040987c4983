package peerserver.chunk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import peerserver.db.Rows;

/**
 * Rows of which the next ones are read before they are asked for, by whoever comes first: a thread that has time, or the
 * one that needs them. What goes wrong with a row is told to whoever asks for it.
 */
final class RowsAhead implements Rows {

    private static final int BYTES_PER_ROW = 96;

    private final Rows rows;
    private final long count;
    private final FutureTask<List<Object>> reading;
    private @Nullable Iterator<Object> read;

    private RowsAhead(Rows rows, long count) {
        this.rows = rows;
        this.count = count;
        this.reading = new FutureTask<>(this::read);
    }

    /** Rows of which up to {@code count} can be read ahead. */
    static RowsAhead of(Rows rows, long count) {
        if (rows instanceof RowsAhead ahead) {
            return ahead.exhausted() ? new RowsAhead(ahead.rows, count) : ahead;
        }
        return new RowsAhead(rows, count);
    }

    private List<Object> read() {
        List<Object> next = new ArrayList<>();
        while (next.size() < count && rows.hasNext()) {
            next.add(rows.next());
        }
        return next;
    }

    /** What is to be done ahead; done again, it does nothing. */
    Runnable reading() {
        return reading;
    }

    /**
     * Reads ahead, unless another thread has done so; waits for one that is doing so.
     *
     * @throws TimeoutException when it has not done so in time
     */
    void await(Duration wait) throws TimeoutException {
        reading.run();
        try {
            reading.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            // Told when the rows are asked for.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }

    private boolean exhausted() {
        return read != null && !read.hasNext();
    }

    private Iterator<Object> ahead() {
        if (read == null) {
            reading.run();
            read = outcome().iterator();
        }
        return read;
    }

    private List<Object> outcome() {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException exception) {
                throw exception;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean hasNext() {
        return ahead().hasNext() || rows.hasNext();
    }

    @Override
    public Object next() {
        return ahead().hasNext() ? ahead().next() : rows.next();
    }

    @Override
    public OptionalLong size() {
        return rows.size();
    }

    @Override
    public @Nullable Object position(Object row) {
        return rows.position(row);
    }

    @Override
    public boolean moveTo(long row) {
        read = Collections.emptyIterator();
        return rows.moveTo(row);
    }

    @Override
    public long weight() {
        return rows.weight() + count * BYTES_PER_ROW;
    }
}
