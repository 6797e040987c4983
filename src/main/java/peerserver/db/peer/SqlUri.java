package peerserver.db.peer;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** URIs of {@code sql} storage, which end with a URL of JDBC. */
final class SqlUri {

    private static final String PREFIX = "datomic:sql://";
    private static final String JDBC = "jdbc:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** For a URL that says nothing else: without them its driver waits for ever on a socket that has gone silent. */
    private static final Map<String, String> TIMEOUTS =
            new TreeMap<>(Map.of("connectTimeout", "10", "socketTimeout", "10", "tcpKeepAlive", "true"));

    private SqlUri() {}

    static boolean isSql(String uri) {
        return uri.startsWith(PREFIX);
    }

    /** The name of the database. */
    static String databaseName(String uri) {
        return uri.substring(PREFIX.length()).split("[?#]", 2)[0];
    }

    /** The URL of JDBC: after {@code ?}, or after {@code #} where the database has a query string of its own. */
    static Optional<String> jdbcUrl(String uri) {
        int start = isSql(uri) ? uri.indexOf(JDBC, PREFIX.length()) : -1;
        return start < 0 ? Optional.empty() : Optional.of(uri.substring(start));
    }

    /** The same URI with time-outs, in seconds, where it is PostgreSQL's and does not name them. */
    static String withTimeouts(String uri) {
        String url = jdbcUrl(uri).orElse("");
        if (!url.startsWith(POSTGRESQL)) {
            return uri;
        }
        return TIMEOUTS.entrySet().stream()
                .filter(timeout -> !url.matches(".*[?&]" + timeout.getKey() + "=.*"))
                .map(timeout -> timeout.getKey() + '=' + timeout.getValue())
                .collect(Collectors.joining("&", uri + (url.contains("?") ? "&" : "?"), ""))
                .replaceFirst("[?&]$", "");
    }
}
