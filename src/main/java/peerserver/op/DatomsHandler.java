package peerserver.op;

import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.db.DbValue;
import peerserver.db.Index;
import peerserver.db.IndexScan;
import peerserver.db.Resume;
import peerserver.db.Rows;
import peerserver.wire.AnomalyException;
import peerserver.wire.Fields;
import peerserver.wire.Keys;

/**
 * {@code datoms}: the datoms of {@code :index} that match some components, given as {@code :components} in the order of
 * the index, or spread over {@code :e}, {@code :a} and {@code :v}.
 */
@Singleton
public class DatomsHandler extends IndexHandler {

    /** The id of the first transaction that can be; every t is smaller. */
    private static final long FIRST_TRANSACTION = 3L << 42;

    @Inject
    DatomsHandler(Iterations iterations, DbValues values) {
        super(iterations, values);
    }

    @Override
    public Operation operation() {
        return Operation.DATOMS;
    }

    @Override
    Fields fixed(RequestContext context) {
        return super.fixed(context.with(withFourthComponent(context.request())));
    }

    /**
     * The request with a fourth component told apart from the t of the db value. Clients up to 0.8.28 send both as
     * {@code :t}, and the component wins: what is left of the db value's basis is its {@code :next-t}.
     */
    private static Fields withFourthComponent(Fields request) {
        boolean overwritten = request.value(Keys.T) instanceof Long t
                && t >= FIRST_TRANSACTION
                && !request.has(Keys.COMPONENTS)
                && Stream.of(Keys.E, Keys.A, Keys.V).allMatch(request::has);
        if (!overwritten) {
            return request;
        }
        List<Object> components = new ArrayList<>(components(index(request), request));
        components.add(request.required(Keys.T));
        return request.without(Keys.T).with(Keys.COMPONENTS, PersistentVector.create(components));
    }

    @Override
    Rows read(DbValue value, RequestContext context, Resume resume) {
        Fields request = context.request();
        Index index = index(request);
        return value.datoms(new IndexScan(index, components(index, request)), resume);
    }

    private static Index index(Fields request) {
        return Index.named(request.required(Keys.INDEX))
                .orElseThrow(() -> AnomalyException.incorrect("Expected :eavt, :aevt, :avet or :vaet for :index"));
    }

    private static List<Object> components(Index index, Fields request) {
        List<?> given = request.list(Keys.COMPONENTS);
        return prefix(
                index,
                given != null
                        ? given
                        : letters(index).stream().map(request::value).toList());
    }

    /** Without nils at the end, which stand for nothing; engines answer anything where one stands before a value. */
    private static List<Object> prefix(Index index, List<? extends @Nullable Object> given) {
        List<Object> prefix = new ArrayList<>();
        boolean ended = false;
        for (Object component : given) {
            if (component == null) {
                ended = true;
            } else if (ended) {
                throw AnomalyException.incorrect(
                        "Expected no nil before a value among the components of " + index.keyword());
            } else {
                prefix.add(component);
            }
        }
        return prefix;
    }

    private static List<Keyword> letters(Index index) {
        return index.letters()
                .chars()
                .mapToObj(letter -> Keyword.intern(null, Character.toString(letter)))
                .toList();
    }
}
