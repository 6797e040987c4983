package peerserver.db;

import clojure.lang.Keyword;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;

/** A db value that has a t and nothing else; tests override what they need. */
public class FakeDbValue implements DbValue {

    private final String databaseId;
    private final long t;

    public FakeDbValue(String databaseId, long t) {
        this.databaseId = databaseId;
        this.t = t;
    }

    @Override
    public String databaseId() {
        return databaseId;
    }

    @Override
    public long basisT() {
        return t;
    }

    @Override
    public long nextT() {
        return t + 1;
    }

    @Override
    public DbValue asOf(Object timePoint) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DbValue since(Object timePoint) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DbValue history() {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Object pull(SelectorForm selector, Object entity, @Nullable Keyword ioContext) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Rows datoms(IndexScan scan, Resume resume) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Rows indexRange(Object attribute, @Nullable Object start, @Nullable Object end, Resume resume) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Rows indexPull(IndexPull request, Resume resume) {
        throw new UnsupportedOperationException();
    }

    @Override
    public QueryResult query(QueryForm query, List<?> args, QueryOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TransactionReport with(TransactionForm transaction, @Nullable Keyword ioContext) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<?, ?> dbStats() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return databaseId + " at " + t;
    }
}
