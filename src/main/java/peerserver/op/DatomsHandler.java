package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
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

    private static final int MOST_COMPONENTS = 4;

    @Inject
    DatomsHandler(Iterations iterations, DbValues values) {
        super(iterations, values);
    }

    @Override
    public Operation operation() {
        return Operation.DATOMS;
    }

    @Override
    Rows read(DbValue value, Fields request, Resume resume) {
        Index index = Index.named(request.required(Keys.INDEX))
                .orElseThrow(() -> AnomalyException.incorrect("Expected :eavt, :aevt, :avet or :vaet for :index"));
        return value.datoms(new IndexScan(index, components(index, request)), resume);
    }

    private static List<Object> components(Index index, Fields request) {
        List<?> given = request.list(Keys.COMPONENTS);
        List<Object> components = new ArrayList<>();
        if (given != null) {
            if (given.size() > MOST_COMPONENTS || given.contains(null)) {
                throw AnomalyException.incorrect("Expected up to four values, none of them nil, for :components");
            }
            components.addAll(given);
            return components;
        }
        boolean ended = false;
        for (Keyword letter : letters(index)) {
            Object component = request.value(letter);
            if (component != null && ended) {
                throw AnomalyException.incorrect(
                        "The components of " + index.keyword() + " have a gap before " + letter);
            }
            ended = component == null;
            if (component != null) {
                components.add(component);
            }
        }
        return components;
    }

    private static List<Keyword> letters(Index index) {
        return index.letters()
                .chars()
                .mapToObj(letter -> Keyword.intern(null, Character.toString(letter)))
                .toList();
    }
}
