package peerserver.db.local;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import peerserver.db.Rows;

/** Rows that Datomic Local finds while they are read, some of them at a time. */
class LocalRows implements Rows {

    private final LocalThreads threads;
    private final Iterator<?> found;
    private final UnaryOperator<Object> finish;
    private final int atATime;
    private final List<Object> read = new ArrayList<>();
    private int next;

    /**
     * Rows not read yet.
     *
     * @param found what Local found, lazily
     * @param finish makes a row of what was found
     * @param atATime how many are read with one call of {@code threads}
     */
    LocalRows(LocalThreads threads, Iterable<?> found, UnaryOperator<Object> finish, int atATime) {
        this.threads = threads;
        // The iterator alone: who holds the first of a lazy sequence holds it all.
        this.found = found.iterator();
        this.finish = finish;
        this.atATime = atATime;
    }

    @Override
    public boolean hasNext() {
        return next < read.size() || threads.run(this::readOn);
    }

    private boolean readOn() {
        read.clear();
        next = 0;
        while (read.size() < atATime && found.hasNext()) {
            read.add(finish.apply(found.next()));
        }
        return !read.isEmpty();
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return read.get(next++);
    }
}
