package peerserver.db;

import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;

/** A db value that holds nothing but numbers, and counts how often they were looked for. */
public final class NumbersValue extends FakeDbValue {

    private final long count;
    private final AtomicInteger searches = new AtomicInteger();

    public NumbersValue(String databaseId, long t, long count) {
        super(databaseId, t);
        this.count = count;
    }

    /** How often rows were looked for. */
    public int searches() {
        return searches.get();
    }

    private Rows numbers(Resume resume) {
        searches.incrementAndGet();
        return NumberRows.resumed(0, count, resume);
    }

    @Override
    public Rows datoms(IndexScan scan, Resume resume) {
        return numbers(resume);
    }

    @Override
    public Rows indexRange(Object attribute, @Nullable Object start, @Nullable Object end, Resume resume) {
        return numbers(resume);
    }

    @Override
    public Rows indexPull(IndexPull request, Resume resume) {
        return numbers(resume);
    }

    @Override
    public QueryResult query(QueryForm query, List<?> args, QueryOptions options) {
        searches.incrementAndGet();
        List<?> rows =
                LongStream.range(0, count).mapToObj(PersistentVector::create).toList();
        return new QueryResult(new QueryRows(rows, row -> row), Map.of());
    }

    @Override
    public @Nullable Object pull(SelectorForm selector, Object entity, @Nullable Keyword ioContext) {
        return entity;
    }

    @Override
    public TransactionReport with(TransactionForm transaction, @Nullable Keyword ioContext) {
        NumbersValue after = new NumbersValue(databaseId(), nextT(), count + 1);
        return new TransactionReport(this, after, List.of(), Map.of(), Map.of());
    }

    @Override
    public Map<?, ?> dbStats() {
        return Map.of();
    }
}
