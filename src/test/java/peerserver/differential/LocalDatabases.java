package peerserver.differential;

import static peerserver.conformance.RealClient.api;

import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.RT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import peerserver.Directories;
import peerserver.conformance.Clj;
import peerserver.db.RowOrder;
import peerserver.launch.PeerServerProcess;

/** Databases of Datomic Local: what is served is a copy of the storage, for an entity's partition is chosen by chance. */
final class LocalDatabases extends Databases {

    private static final String SYSTEM = "differential";

    /** What Local has no word for. */
    private static final Set<Object> UNKNOWN =
            Set.of(Clj.keyword("db/index"), Clj.keyword("db/fulltext"), Clj.keyword("val/bytes"));

    private static final Keyword VALUE_TYPE = Clj.keyword("db/valueType");
    private static final Keyword BYTES = Clj.keyword("db.type/bytes");

    private static final String TX_DATA = "tx-data";
    private static final Keyword CONFLICT = Clj.keyword("db.error/datoms-conflict");

    /** Partitions are above 42 bits; those of attributes and transactions are not chosen. */
    private static final long NUMBER = (1L << 42) - 1;

    private static final long FIRST_CHOSEN = 4L << 42;
    private static final long LAST_CHOSEN = 1L << 58;
    private static final Pattern LONG = Pattern.compile("\\b\\d{14,18}\\b");

    /** In characters. */
    private static final int LONGEST_TEXT = 4096;

    private final Path storage = temporaryDirectory();
    private final Map<String, Object> connections;

    LocalDatabases() {
        Object client = api("client")
                .invoke(Clj.mapOf(
                        "server-type",
                        Clj.keyword("datomic-local"),
                        "system",
                        SYSTEM,
                        "storage-dir",
                        storage.toString()));
        NAMES.forEach(name -> api("create-database").invoke(client, Clj.mapOf("db-name", name)));
        connections = NAMES.stream().collect(Collectors.toMap(name -> name, name -> api("connect")
                .invoke(client, Clj.mapOf("db-name", name))));
    }

    @Override
    Map<String, String> served() {
        Path copy = temporaryDirectory();
        Directories.copy(storage, copy);
        return NAMES.stream()
                .collect(Collectors.toMap(
                        name -> name, name -> "datomic:local://" + SYSTEM + '/' + name + "?storage-dir=" + copy));
    }

    @Override
    void fillServed(Side wire, Side trusted, List<Filling> fillings) {
        // A copy is.
    }

    @Override
    Side inProcess(List<Long> ts) {
        return new LocalEngine(connections, ts);
    }

    /** Every attribute but those of bytes, which Local has not; none is said to be indexed, as all are. */
    @Override
    Object fitting(Object txData) {
        return Objects.requireNonNull(Data.replaced(txData, LocalDatabases::fittingForm));
    }

    private static @Nullable Object fittingForm(@Nullable Object form) {
        if (form instanceof String text && text.length() > LONGEST_TEXT) {
            return text.substring(0, LONGEST_TEXT);
        } else if (form instanceof Map<?, ?> map && !(form instanceof Map.Entry)) {
            Map<Object, Object> fitting = new LinkedHashMap<>(map);
            fitting.keySet().removeAll(UNKNOWN);
            return PersistentArrayMap.create(fitting);
        } else if (form instanceof List<?> list && !(form instanceof Map.Entry)) {
            return RT.vector(list.stream()
                    .filter(item -> !(item instanceof Map<?, ?> map && BYTES.equals(map.get(VALUE_TYPE))))
                    .toArray());
        }
        return form;
    }

    /** Without the partitions of entities, and what goes by their order: that of datoms, and which conflict is told. */
    @Override
    Outcome lasting(Outcome outcome) {
        Outcome lasting = outcome.with(LocalDatabases::withoutPartition);
        if (lasting instanceof Outcome.Answered answered
                && answered.value() instanceof Map<?, ?> report
                && report.get(TX_DATA) instanceof List<?> datoms) {
            Map<Object, Object> sorted = new HashMap<>(report);
            sorted.put(TX_DATA, datoms.stream().sorted(RowOrder.INSTANCE).toList());
            return new Outcome.Answered(sorted);
        } else if (lasting instanceof Outcome.Failed failed && CONFLICT.equals(failed.dbError())) {
            return new Outcome.Failed(failed.category(), CONFLICT, failed.message(), Map.of());
        }
        return lasting;
    }

    private static Object withoutPartition(Object value) {
        if (value instanceof String text) {
            return LONG.matcher(text)
                    .replaceAll(id -> withoutPartition(Long.valueOf(id.group())).toString());
        }
        return value instanceof Long id && id > FIRST_CHOSEN && id < LAST_CHOSEN ? id & NUMBER : value;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory(PeerServerProcess.checkout().resolve("target"), SYSTEM + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
