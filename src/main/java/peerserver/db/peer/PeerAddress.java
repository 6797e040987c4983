package peerserver.db.peer;

import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import java.util.Map;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import peerserver.db.DatabaseResource;
import peerserver.wire.AnomalyException;

/** How the peer library is told where a database is: by a URI, or by a map that holds a data source. */
@SuppressWarnings("BanJNDI") // the names are the operator's own
final class PeerAddress {

    private PeerAddress() {}

    /**
     * What {@code datomic.Peer} takes for a URI or a map.
     *
     * @throws AnomalyException {@code incorrect} when there is no driver or no data source for it
     */
    static Object of(DatabaseResource resource) {
        Optional<String> dataSource = resource.dataSource();
        return dataSource.isPresent() ? sql(resource.uri(), dataSource.get()) : of(resource.uri());
    }

    /** The same for a URI alone. */
    static String of(String uri) {
        if (SqlUri.isSql(uri) && SqlUri.jdbcUrl(uri).isEmpty()) {
            throw AnomalyException.incorrect(
                    "A URI of sql storage needs a URL of JDBC, or the database's resource a data-source");
        }
        StorageDriver.check(uri);
        return SqlUri.withTimeouts(uri);
    }

    private static Object sql(String uri, String dataSource) {
        String name = SqlUri.isSql(uri) ? SqlUri.databaseName(uri) : "";
        if (!uri.equals("datomic:sql://" + name)) {
            throw AnomalyException.incorrect("With a data-source the URI has to be datomic:sql://DB and no more");
        }
        return PersistentArrayMap.create(Map.of(
                Keyword.intern("protocol"),
                Keyword.intern("sql"),
                Keyword.intern("db-name"),
                name,
                Keyword.intern("data-source"),
                named(dataSource)));
    }

    private static DataSource named(String name) {
        try {
            if (InitialContext.doLookup(name) instanceof DataSource dataSource) {
                return dataSource;
            }
            throw AnomalyException.incorrect("What JNDI has as " + name + " is no data source");
        } catch (NamingException e) {
            throw AnomalyException.incorrect("There is no data source " + name + " in JNDI");
        }
    }
}
