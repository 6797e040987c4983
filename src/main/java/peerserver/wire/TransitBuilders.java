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

    private static ITransientMap assoc(ITransientMap map, Object key, Object value) {
        int before = map.count();
        ITransientMap after = map.assoc(value(key), value(value));
        if (after.count() == before) {
            throw AnomalyException.incorrect("A map holds the same key twice");
        }
        return after;
    }

    private static final class MapBuilder implements MapReader<ITransientMap, Map<Object, Object>, Object, Object> {
        @Override
        public ITransientMap init() {
            return PersistentArrayMap.EMPTY.asTransient();
        }

        @Override
        public ITransientMap init(int size) {
            return init();
        }

        @Override
        public ITransientMap add(ITransientMap map, Object key, Object value) {
            return assoc(map, key, value);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Map<Object, Object> complete(ITransientMap map) {
            return (Map<Object, Object>) map.persistent();
        }
    }

    private abstract static class CollectionBuilder<A> implements ArrayReader<ITransientCollection, A, Object> {
        @Override
        public ITransientCollection init(int size) {
            return init();
        }

        @Override
        public ITransientCollection add(ITransientCollection collection, Object item) {
            return collection.conj(value(item));
        }
    }

    private static final class VectorBuilder extends CollectionBuilder<List<Object>> {
        @Override
        public ITransientCollection init() {
            return PersistentVector.EMPTY.asTransient();
        }

        @Override
        @SuppressWarnings("unchecked")
        public List<Object> complete(ITransientCollection vector) {
            return (List<Object>) vector.persistent();
        }
    }

    private static final class SetBuilder extends CollectionBuilder<Object> {
        @Override
        public ITransientCollection init() {
            return PersistentHashSet.EMPTY.asTransient();
        }

        @Override
        public Object complete(ITransientCollection set) {
            return set.persistent();
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
            ITransientMap map = PersistentArrayMap.EMPTY.asTransient();
            for (int i = 0; i < items.size(); i += 2) {
                map = assoc(map, items.get(i), items.get(i + 1));
            }
            return map.persistent();
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
