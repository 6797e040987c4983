package peerserver.db;

/** Numbers from one to another as rows, which a later reading can seek. */
public final class NumberRows implements Rows {

    private final long end;
    private long next;

    private NumberRows(long next, long end) {
        this.next = next;
        this.end = end;
    }

    /** The numbers from {@code start} to {@code end}, exclusive, or what is left of them. */
    public static Rows resumed(long start, long end, Resume resume) {
        long next = resume.after() instanceof Long after ? after + 1 : start + Math.min(resume.row(), end - start);
        return new NumberRows(next, end);
    }

    @Override
    public boolean hasNext() {
        return next < end;
    }

    @Override
    public Object next() {
        return next++;
    }

    @Override
    public Object position(Object row) {
        return row;
    }
}
