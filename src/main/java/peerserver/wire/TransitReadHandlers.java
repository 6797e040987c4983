package peerserver.wire;

import clojure.lang.BigInt;
import clojure.lang.Keyword;
import clojure.lang.Numbers;
import clojure.lang.Symbol;
import com.cognitect.transit.DefaultReadHandler;
import com.cognitect.transit.ReadHandler;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** What each tag of Transit becomes. Tags beyond these are refused. */
final class TransitReadHandlers {

    /** Every tag that is read, with Transit's ground types. */
    static final Map<String, ReadHandler<?, ?>> BY_TAG = Map.copyOf(byTag());

    /** Refuses every other tag. */
    static final DefaultReadHandler<Object> UNKNOWN = (tag, representation) -> {
        throw AnomalyException.incorrect("Unknown tag: " + tag.substring(0, Math.min(tag.length(), 64)));
    };

    private TransitReadHandlers() {}

    private static Map<String, ReadHandler<?, ?>> byTag() {
        Map<String, ReadHandler<?, ?>> handlers = new HashMap<>();
        // A nil map key is the string "~_", whose representation is empty: there is no value to give to a checked
        // parse.
        handlers.put("_", representation -> null);
        handlers.put("'", representation -> representation);
        text(handlers, "?", TransitReadHandlers::bool);
        text(handlers, "i", TransitReadHandlers::integer);
        // As Clojure reads 1N: the engine shows the caller what it was given.
        text(handlers, "n", text -> BigInt.fromBigInteger(new BigInteger(Limits.number(text))));
        text(handlers, "d", text -> Double.valueOf(Limits.number(text)));
        text(handlers, "z", TransitReadHandlers::special);
        text(handlers, "f", Limits::decimal);
        text(handlers, "c", TransitReadHandlers::character);
        text(handlers, ":", Keyword::intern);
        text(handlers, "$", Symbol::intern);
        text(handlers, "r", TransitReadHandlers::uri);
        text(handlers, "b", text -> Base64.getDecoder().decode(text));
        text(handlers, "t", text -> Date.from(OffsetDateTime.parse(text).toInstant()));
        checked(handlers, "m", TransitReadHandlers::instant);
        checked(handlers, "u", TransitReadHandlers::uuid);
        checked(handlers, "ratio", TransitReadHandlers::ratio);
        handlers.put("datom", Datom::from);
        handlers.put("set", TransitBuilders.SET);
        handlers.put("list", TransitBuilders.LIST);
        handlers.put("cmap", TransitBuilders.CMAP);
        return handlers;
    }

    private static void text(Map<String, ReadHandler<?, ?>> handlers, String tag, Function<String, Object> parse) {
        checked(handlers, tag, representation -> parse.apply((String) representation));
    }

    private static void checked(Map<String, ReadHandler<?, ?>> handlers, String tag, Function<Object, Object> parse) {
        ReadHandler<Object, Object> handler = representation -> {
            try {
                return parse.apply(representation);
            } catch (AnomalyException e) {
                throw e;
            } catch (RuntimeException e) {
                throw AnomalyException.incorrect("Malformed value with the tag " + tag);
            }
        };
        handlers.put(tag, handler);
    }

    private static Object bool(String text) {
        return switch (text) {
            case "t" -> true;
            case "f" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Object integer(String text) {
        BigInteger value = new BigInteger(Limits.number(text));
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : BigInt.fromBigInteger(value);
    }

    private static Object special(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "INF" -> Double.POSITIVE_INFINITY;
            case "-INF" -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Object character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException();
        }
        return text.charAt(0);
    }

    static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw AnomalyException.incorrect("Malformed URI");
        }
    }

    @SuppressWarnings("JavaUtilDate") // an instant of Datomic is one
    private static Object instant(Object representation) {
        return new Date(representation instanceof String text ? Long.parseLong(text) : (Long) representation);
    }

    static Object uuid(Object representation) {
        if (representation instanceof List<?> halves) {
            if (halves.size() != 2) {
                throw new IllegalArgumentException();
            }
            return new UUID((Long) halves.get(0), (Long) halves.get(1));
        }
        String text = (String) representation;
        if (text.length() != 36) {
            throw new IllegalArgumentException();
        }
        return UUID.fromString(text);
    }

    private static Object ratio(Object representation) {
        List<?> parts = (List<?>) representation;
        if (parts.size() != 2) {
            throw new IllegalArgumentException();
        }
        return Numbers.divide((Number) parts.get(0), (Number) parts.get(1));
    }
}
