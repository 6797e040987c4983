package peerserver.wire;

import clojure.lang.ITransientCollection;
import clojure.lang.ITransientMap;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentVector;
import com.cognitect.transit.ArrayReadHandler;
import com.cognitect.transit.ArrayReader;
import com.cognitect.transit.MapReader;
import com.cognitect.transit.impl.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds Clojure's persistent collections from Transit's. Declared sizes are never believed. */
final class TransitBuilders {

    static final MapReader<?, Map<Object, Object>, Object, Object> MAP = new MapBuilder();
    static final ArrayReader<?, List<Object>, Object> VECTOR = new VectorBuilder();
    static final ArrayReadHandler<?, ?, Object, Object> SET = new Tagged<>(new SetBuilder());
    static final ArrayReadHandler<?, ?, Object, Object> LIST = new Tagged<>(new ListBuilder());
    static final ArrayReadHandler<?, ?, Object, Object> CMAP = new Tagged<>(new CmapBuilder());

    private TransitBuilders() {}

    /** Refuses a tag that stands where a value should. */
    static @Nullable Object value(@Nullable Object parsed) {
        if (parsed instanceof Tag) {
            throw AnomalyException.incorrect("The body is not valid Transit: a tag without a value");
        }
        return parsed;
    }

    /** A map on its way. */
    private static final class Entries {

        private final SameHashes hashes = new SameHashes();
        private ITransientMap map = PersistentArrayMap.EMPTY.asTransient();

        Entries add(Object key, Object value) {
            hashes.add(key);
            int before = map.count();
            map = map.assoc(value(key), value(value));
            if (map.count() == before) {
                throw AnomalyException.incorrect("A map holds the same key twice");
            }
            return this;
        }

        @SuppressWarnings("unchecked")
        Map<Object, Object> complete() {
            return (Map<Object, Object>) map.persistent();
        }
    }

    private static final class MapBuilder implements MapReader<Entries, Map<Object, Object>, Object, Object> {
        @Override
        public Entries init() {
            return new Entries();
        }

        @Override
        public Entries init(int size) {
            return init();
        }

        @Override
        public Entries add(Entries entries, Object key, Object value) {
            return entries.add(key, value);
        }

        @Override
        public Map<Object, Object> complete(Entries entries) {
            return entries.complete();
        }
    }

    private static final class VectorBuilder implements ArrayReader<ITransientCollection, List<Object>, Object> {
        @Override
        public ITransientCollection init() {
            return PersistentVector.EMPTY.asTransient();
        }

        @Override
        public ITransientCollection init(int size) {
            return init();
        }

        @Override
        public ITransientCollection add(ITransientCollection vector, Object item) {
            return vector.conj(value(item));
        }

        @Override
        @SuppressWarnings("unchecked")
        public List<Object> complete(ITransientCollection vector) {
            return (List<Object>) vector.persistent();
        }
    }

    private abstract static class ItemsBuilder implements ArrayReader<List<Object>, Object, Object> {
        @Override
        public List<Object> init() {
            return new ArrayList<>();
        }

        @Override
        public List<Object> init(int size) {
            return init();
        }

        @Override
        public List<Object> add(List<Object> items, Object item) {
            items.add(value(item));
            return items;
        }
    }

    private static final class SetBuilder extends ItemsBuilder {
        @Override
        public Object complete(List<Object> items) {
            SameHashes hashes = new SameHashes();
            ITransientCollection set = PersistentHashSet.EMPTY.asTransient();
            for (Object item : items) {
                hashes.add(item);
                set = set.conj(item);
            }
            return set.persistent();
        }
    }

    private static final class ListBuilder extends ItemsBuilder {
        @Override
        public Object complete(List<Object> items) {
            return PersistentList.create(items);
        }
    }

    private static final class CmapBuilder extends ItemsBuilder {
        @Override
        public Object complete(List<Object> items) {
            if (items.size() % 2 != 0) {
                throw AnomalyException.incorrect("A map holds a key without a value");
            }
            Entries entries = new Entries();
            for (int i = 0; i < items.size(); i += 2) {
                entries.add(items.get(i), items.get(i + 1));
            }
            return entries.complete();
        }
    }

    private record Tagged<G, A>(ArrayReader<G, A, Object> arrayReader)
            implements ArrayReadHandler<G, A, Object, Object> {
        @Override
        public A fromRep(Object representation) {
            throw AnomalyException.incorrect("The body is not valid Transit: a collection's tag without an array");
        }
    }
}
