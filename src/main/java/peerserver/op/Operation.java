package peerserver.op;

import clojure.lang.Keyword;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The operations of the client protocol. */
public enum Operation {
    RESOLVE_DB(true),
    LIST_DBS(true),
    CREATE_DB(true),
    DELETE_DB(true),
    ADMINISTER_SYSTEM(true),
    STATUS(false),
    TRANSACT(false),
    Q(false),
    PULL(false),
    INDEX_PULL(false),
    DATOMS(false),
    INDEX_RANGE(false),
    TX_RANGE(false),
    DB_STATS(false),
    WITH_DB(false),
    WITH(false),
    NEXT(false);

    private static final String CATALOG = "datomic.catalog";
    private static final String PROTOCOL = "datomic.client.protocol";
    private static final Map<Keyword, Operation> BY_KEYWORD = byKeyword();

    private final boolean onCatalog;

    Operation(boolean onCatalog) {
        this.onCatalog = onCatalog;
    }

    private static Map<Keyword, Operation> byKeyword() {
        Map<Keyword, Operation> all = new HashMap<>();
        for (Operation operation : values()) {
            String name = operation.label();
            if (operation.onCatalog) {
                all.put(Keyword.intern(CATALOG, name), operation);
            } else {
                all.put(Keyword.intern(null, name), operation);
                all.put(Keyword.intern(PROTOCOL, name), operation);
            }
        }
        return Map.copyOf(all);
    }

    /** Its name in lower case, as in {@code :op}, without a namespace. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it changes something, or asks to. */
    public boolean writes() {
        return switch (this) {
            case TRANSACT, CREATE_DB, DELETE_DB, ADMINISTER_SYSTEM -> true;
            case RESOLVE_DB, LIST_DBS, STATUS, Q, PULL, INDEX_PULL, DATOMS -> false;
            case INDEX_RANGE, TX_RANGE, DB_STATS, WITH_DB, WITH, NEXT -> false;
        };
    }

    /** The operation that a request's {@code :op} names: {@code :q}, {@code :datomic.catalog/list-dbs} … */
    public static Optional<Operation> named(Keyword keyword) {
        return Optional.ofNullable(BY_KEYWORD.get(keyword));
    }
}
