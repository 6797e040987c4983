package peerserver.wire;

import clojure.lang.Keyword;
import com.cognitect.transit.impl.Emitter;
import com.cognitect.transit.impl.WriteCache;
import java.util.List;
import java.util.RandomAccess;

/**
 * Writes the values that rows are mostly made of straight away: for them the library would look up a handler by class,
 * twice, and make a tagged value of every datom.
 */
final class CommonValues {

    /** Writes a value that is part of another. */
    interface Part {
        void write(Object value, boolean asMapKey, WriteCache cache) throws Exception;
    }

    private final Emitter emitter;
    private final Part part;

    CommonValues(Emitter emitter, Part part) {
        this.emitter = emitter;
        this.part = part;
    }

    /**
     * Writes a value, if it is one of these.
     *
     * @return whether it was
     */
    boolean write(Object value, boolean asMapKey, WriteCache cache) throws Exception {
        if (value instanceof Keyword keyword) {
            emitter.emitString("~", ":", keyword.sym.toString(), asMapKey, cache);
            return true;
        }
        return !asMapKey && write(value, cache);
    }

    private boolean write(Object value, WriteCache cache) throws Exception {
        if (value instanceof Long number) {
            emitter.emitInteger(number.longValue(), false, cache);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            emitter.emitDouble(number.doubleValue(), false, cache);
        } else if (value instanceof String text && !escaped(text)) {
            emitter.emitString(null, null, text, false, cache);
        } else if (value instanceof Datom datom) {
            write(datom, cache);
        } else if (value instanceof List<?> items && items instanceof RandomAccess) {
            write(items, cache);
        } else {
            return false;
        }
        return true;
    }

    private static boolean escaped(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        return first == '~' || first == '^' || first == '`';
    }

    private void write(Datom datom, WriteCache cache) throws Exception {
        emitter.emitArrayStart(2L);
        emitter.emitString("~#", "datom", "", false, cache);
        emitter.emitArrayStart(5L);
        part.write(datom.e(), false, cache);
        part.write(datom.a(), false, cache);
        part.write(datom.v(), false, cache);
        part.write(datom.tx(), false, cache);
        emitter.emitBoolean(datom.added(), false, cache);
        emitter.emitArrayEnd();
        emitter.emitArrayEnd();
    }

    private void write(List<?> items, WriteCache cache) throws Exception {
        int size = items.size();
        emitter.emitArrayStart((long) size);
        for (int i = 0; i < size; i++) {
            part.write(items.get(i), false, cache);
        }
        emitter.emitArrayEnd();
    }
}
