package peerserver.db;

import clojure.lang.Compiler.CompilerException;
import clojure.lang.IExceptionInfo;
import clojure.lang.Keyword;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

/**
 * The one place that turns what Datomic's libraries throw into anomalies.
 *
 * <p>Their exceptions carry anomaly data somewhere along their causes, mostly. An exception without any, thrown while a
 * library works on a caller's forms, comes from those forms: {@code incorrect}.
 */
public final class EngineErrors {

    private static final Logger LOG = Logger.getLogger(EngineErrors.class.getName());
    private static final Keyword DB_ERROR = Keyword.intern("db", "error");

    private EngineErrors() {}

    /** Runs work of a library on forms of a caller. */
    public static <T extends @Nullable Object> T translating(Supplier<T> work) {
        try {
            return work.get();
        } catch (AnomalyException e) {
            throw e;
        } catch (Exception | StackOverflowError | AssertionError | ExceptionInInitializerError e) {
            // Clojure throws checked exceptions without declaring them: a query's timeout among them. The
            // libraries assert what they expect of a caller's forms, and compile them: their constants go into
            // initializers.
            throw anomaly(e).exception(e);
        }
    }

    /** What an exception of a library means to the caller. */
    public static Anomaly anomaly(Throwable thrown) {
        if (isOfClosedFile(thrown)) {
            return Anomaly.of(Category.UNAVAILABLE, "The database is being closed");
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AnomalyException known) {
                return known.anomaly();
            }
            if (cause instanceof OutOfMemoryError) {
                LOG.log(Level.WARNING, "A request was ended by an OutOfMemoryError");
                return Anomaly.outOfMemory();
            }
            if (cause instanceof TimeoutException) {
                return Anomaly.of(Category.INTERRUPTED, "Query canceled: timeout elapsed");
            }
            if (cause instanceof IExceptionInfo info && isAnomalyData(info.getData())) {
                return ofData((Map<?, ?>) info.getData(), message(cause));
            }
        }
        return Anomaly.of(Category.INCORRECT, message(thrown));
    }

    /** A query of Datomic Local then blames a clause, as if the caller's forms were wrong. */
    private static boolean isOfClosedFile(Throwable thrown) {
        return Stream.<@Nullable Throwable>iterate(thrown, Objects::nonNull, Throwable::getCause)
                .anyMatch(ClosedChannelException.class::isInstance);
    }

    private static boolean isAnomalyData(Object data) {
        return data instanceof Map<?, ?> map && (map.containsKey(Anomaly.CATEGORY) || map.containsKey(DB_ERROR));
    }

    private static Anomaly ofData(Map<?, ?> data, String message) {
        Map<Keyword, @Nullable Object> plain = new HashMap<>();
        PlainData copies = new PlainData();
        data.forEach((key, value) -> {
            if (key instanceof Keyword keyword
                    && !Anomaly.CATEGORY.getNamespace().equals(keyword.getNamespace())) {
                plain.put(keyword, copies.of(value));
            }
        });
        Object told = data.get(Anomaly.MESSAGE) instanceof String text ? DatabaseResource.redacted(text) : message;
        return new Anomaly(category(data.get(Anomaly.CATEGORY)), told.toString(), plain);
    }

    private static Category category(@Nullable Object keyword) {
        for (Category category : Category.values()) {
            if (category.keyword().equals(keyword)) {
                return category;
            }
        }
        return Category.INCORRECT;
    }

    private static String message(Throwable thrown) {
        boolean wraps = thrown instanceof ExecutionException || thrown instanceof ExceptionInInitializerError;
        Throwable told = wraps && thrown.getCause() != null ? thrown.getCause() : thrown;
        String message = told.getMessage();
        String text = message == null || message.isBlank()
                ? told.getClass()
                        .getSimpleName()
                        .replaceAll("([a-z])([A-Z])", "$1 $2")
                        .toLowerCase(Locale.ROOT)
                : message;
        return DatabaseResource.redacted(told instanceof CompilerException ? text + reason(told) : text);
    }

    /** The compiler says where in a file it failed, and nothing but its cause at what. */
    private static String reason(Throwable failed) {
        Throwable cause = failed.getCause();
        return cause == null || cause.getMessage() == null ? "" : " " + cause.getMessage();
    }
}
