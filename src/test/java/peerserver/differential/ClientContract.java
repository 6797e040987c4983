package peerserver.differential;

import clojure.lang.BigInt;
import clojure.lang.Compiler.CompilerException;
import clojure.lang.IExceptionInfo;
import clojure.lang.Indexed;
import clojure.lang.Keyword;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;
import peerserver.db.RowOrder;

/**
 * What the Client API documents otherwise than the peer library's, and nothing more: numbers arrive as longs, doubles and
 * big integers, rows in an order, at most 1,000 of them where there is no limit, every failure as an anomaly.
 */
final class ClientContract {

    static final long DEFAULT_LIMIT = 1000;

    private static final Keyword DB_ERROR = Clj.keyword("db/error");
    private static final Set<String> CLIENTS = Set.of("dbs");

    /** Ids that an engine makes up for what has none yet are below. */
    private static final long MADE_UP = -1_000_000_000_000L;

    /** Datomic Local's own names for what has none. */
    private static final String MADE_UP_TEMPIDS = "datomic.temp-";

    private ClientContract() {}

    /** A value in a shape that can be compared strictly: NaN equals itself, 0.0 is not -0.0, 1.0M not 1.00M. */
    static @Nullable Object value(@Nullable Object value) {
        return copied(value, ClientContract::scalar);
    }

    /** A copy in collections of Java, with what is no collection as it is told to be. */
    static @Nullable Object copied(@Nullable Object value, Function<Object, Object> scalar) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new HashMap<>();
            map.forEach((key, item) -> copy.put(copied(key, scalar), copied(item, scalar)));
            return copy;
        } else if (value instanceof Set<?> set) {
            Set<Object> copy = new HashSet<>();
            set.forEach(item -> copy.add(copied(item, scalar)));
            return copy;
        } else if (value instanceof Indexed parts
                && parts.nth(4, null) instanceof Boolean
                && !(value instanceof List)) {
            return copied(IntStream.range(0, 5).mapToObj(parts::nth).toList(), scalar);
        } else if (value instanceof Iterable<?> || value instanceof Object[]) {
            List<Object> copy = new ArrayList<>();
            Clj.list(value).forEach(item -> copy.add(copied(item, scalar)));
            return copy;
        }
        return value == null ? null : scalar.apply(value);
    }

    private static Object scalar(Object value) {
        if (value instanceof byte[] bytes) {
            return new Bytes(bytes);
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        } else if (value instanceof Float number) {
            return number.doubleValue();
        } else if (value instanceof BigInt number) {
            return number.toBigInteger();
        } else if (value instanceof com.cognitect.transit.URI uri) {
            return java.net.URI.create(uri.toString());
        }
        return value;
    }

    /** What a pull found; nothing at all is an empty map. */
    static Object pulled(@Nullable Object found) {
        return found == null ? Map.of() : Objects.requireNonNull(value(found));
    }

    /** Bytes by what they are. */
    private record Bytes(List<Byte> bytes) {
        Bytes(byte[] bytes) {
            this(new ArrayList<>());
            for (byte octet : bytes) {
                this.bytes.add(octet);
            }
        }
    }

    /** A datom of its five parts. */
    static Object datom(Stream<Object> parts) {
        return parts.map(ClientContract::value).toList();
    }

    static Object transaction(Object t, List<Object> datoms) {
        return Map.of("t", t, "data", datoms);
    }

    /** A report; of tempids that the engine made up, what they came to name. */
    static Object report(long before, long after, List<Object> datoms, Map<?, ?> tempids) {
        Map<Object, Object> named = new HashMap<>();
        List<Object> others = new ArrayList<>();
        tempids.forEach((tempid, entity) -> {
            if (tempid instanceof String name && !name.startsWith(MADE_UP_TEMPIDS)) {
                named.put(tempid, entity);
            } else {
                others.add(entity);
            }
        });
        others.sort(RowOrder.INSTANCE);
        return Map.of("before", before, "after", after, "tx-data", datoms, "tempids", named, "unnamed", others);
    }

    /** The rows of a query as the server documents them: in an order that goes by the data, and a page of them. */
    static List<Object> rows(Map<?, ?> args, List<Object> found) {
        List<Object> rows = new ArrayList<>(found);
        rows.sort(RowOrder.INSTANCE);
        return page(args, rows.stream().map(ClientContract::value).toList(), -1);
    }

    /** The page that {@code :offset} and {@code :limit} ask for. */
    static List<Object> page(Map<?, ?> args, List<Object> items) {
        return page(args, items, DEFAULT_LIMIT);
    }

    private static List<Object> page(Map<?, ?> args, List<Object> items, long defaultLimit) {
        Object offset = Clj.get(args, "offset");
        Object limit = Clj.get(args, "limit");
        long most = limit == null ? defaultLimit : ((Number) limit).longValue();
        return items.stream()
                .skip(offset == null ? 0 : ((Number) offset).longValue())
                .limit(most < 0 ? Long.MAX_VALUE : most)
                .toList();
    }

    /**
     * The anomaly that an exception carries somewhere along its causes; {@code incorrect} when there is none, for it comes
     * from the caller's forms.
     */
    static Outcome.Failed failure(Throwable thrown) {
        Throwable told = thrown instanceof java.util.concurrent.ExecutionException && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
        for (Throwable cause = told; cause != null; cause = cause.getCause()) {
            if (cause instanceof IExceptionInfo info) {
                Object category = Clj.get(info.getData(), "cognitect.anomalies/category");
                Object dbError = Clj.get(info.getData(), "db/error");
                Object message = Clj.get(info.getData(), "cognitect.anomalies/message");
                if (category != null || dbError != null) {
                    return new Outcome.Failed(
                            category == null ? "incorrect" : ((Keyword) category).getName(),
                            dbError,
                            lasting(message == null ? cause.getMessage() : (String) message),
                            told((Map<?, ?>) info.getData()));
                }
            }
        }
        return new Outcome.Failed("incorrect", null, lasting(message(told)), Map.of());
    }

    /** With what the compiler failed at, which is in its cause: a cause does not go over the wire. */
    private static @Nullable String message(Throwable told) {
        return told instanceof CompilerException && told.getCause() != null
                ? told.getMessage() + ' ' + told.getCause().getMessage()
                : told.getMessage();
    }

    /** The data of an error, without the anomaly itself and what clients put in. */
    private static Map<?, ?> told(Map<?, ?> data) {
        Map<Object, Object> told = new HashMap<>();
        data.forEach((key, value) -> {
            Keyword keyword = (Keyword) key;
            boolean ofClients = keyword.getNamespace() == null
                    ? CLIENTS.contains(keyword.getName())
                    : !keyword.getNamespace().equals("db")
                            && !keyword.getNamespace().startsWith("db.");
            if (!ofClients && !keyword.equals(DB_ERROR)) {
                told.put(keyword, copied(value(value), ClientContract::lastingScalar));
            }
        });
        return told;
    }

    private static Object lastingScalar(Object value) {
        boolean madeUp = value instanceof String
                || value instanceof clojure.lang.Symbol
                || (value instanceof Long number && number < MADE_UP);
        return madeUp ? Objects.requireNonNull(lasting(value.toString())) : value;
    }

    /** A message without what is another in every process: names and ids that the engine makes up, hashes, class loaders. */
    private static @Nullable String lasting(@Nullable String message) {
        return message == null
                ? null
                : message.replaceAll("__\\d+", "__n")
                        .replaceAll("(\\?[a-z]+)-+\\d+", "$1-n")
                        .replaceAll("\\(q__n[^)]*\\)", "(q__n)")
                        .replaceAll("(eval|fn--)\\d+", "$1n")
                        .replaceAll("-92233\\d{14}", "-n")
                        .replaceAll(MADE_UP_TEMPIDS + "\\d+", MADE_UP_TEMPIDS + "n")
                        .replaceAll("(0x|@)[0-9a-f]+", "$1n")
                        .replaceAll("loader ('app'|[\\w.]+ @n)", "loader n");
    }
}
