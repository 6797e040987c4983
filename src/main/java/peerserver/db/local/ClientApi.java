package peerserver.db.local;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.RT;
import clojure.lang.Symbol;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The public functions of Datomic's client API, and the one of Datomic Local's own, that the engine calls. */
enum ClientApi {
    CLIENT("client"),
    LIST_DATABASES("list-databases"),
    CREATE_DATABASE("create-database"),
    DELETE_DATABASE("delete-database"),
    ADMINISTER_SYSTEM("administer-system"),
    CONNECT("connect"),
    TRANSACT("transact"),
    TX_RANGE("tx-range"),
    WITH_DB("with-db"),
    WITH("with"),
    AS_OF("as-of"),
    SINCE("since"),
    HISTORY("history"),
    Q("q"),
    PULL("pull"),
    DATOMS("datoms"),
    INDEX_RANGE("index-range"),
    INDEX_PULL("index-pull"),
    DB_STATS("db-stats"),
    RELEASE_DB("datomic.local", "release-db");

    private static volatile boolean loaded;

    private final String namespace;
    private final String function;

    ClientApi(String function) {
        this("datomic.client.api", function);
    }

    ClientApi(String namespace, String function) {
        this.namespace = namespace;
        this.function = function;
    }

    /** Calls the function with that one argument. What yields nothing may answer null. */
    Object of(Object argument) {
        return function().invoke(argument);
    }

    /** Calls the function with an object of the API and an argument. */
    Object of(Object target, Object argument) {
        return function().invoke(target, argument);
    }

    private IFn function() {
        load();
        // Not kept: Clojure finds a var as fast.
        return Clojure.var(namespace, function);
    }

    /** Loads the namespaces when they are first needed. Two threads must not load the same one. */
    private static void load() {
        if (!loaded) {
            synchronized (RT.REQUIRE_LOCK) {
                IFn require = Clojure.var("clojure.core", "require");
                require.invoke(Symbol.intern(Q.namespace));
                require.invoke(Symbol.intern(RELEASE_DB.namespace));
                loaded = true;
            }
        }
    }

    /** A map with keywords of these names; entries whose value is null are left out. */
    static IPersistentMap map(@Nullable Object... namesAndValues) {
        IPersistentMap map = PersistentArrayMap.EMPTY;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                map = map.assoc(Keyword.intern(null, (String) Objects.requireNonNull(namesAndValues[i])), value);
            }
        }
        return map;
    }

    /** The entry of that name in an answer, which the API promises. */
    static Object entry(Object answer, String name) {
        return Objects.requireNonNull(RT.get(answer, Keyword.intern(null, name)), () -> "no " + name);
    }
}
