package peerserver.db.local;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peerserver.wire.AnomalyException;

/**
 * A database of Datomic Local: {@code datomic:local://SYSTEM/DB?storage-dir=/absolute/path}.
 *
 * @param system the system it belongs to
 * @param database its name there
 * @param storage the directory that holds the system's directory
 */
record LocalUri(String system, String database, Path storage) {

    private static final String SCHEME = "datomic:local:";
    /** Both are names of directories. */
    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    private static final Pattern FORM = Pattern.compile(
            SCHEME + "//(?<system>" + NAME + ")/(?<database>" + NAME + "|\\*)\\?storage-dir=(?<storage>/[^&]*)");

    /** Whether a URI is meant to be one of these. */
    static boolean isLocal(String uri) {
        return uri.startsWith(SCHEME);
    }

    /**
     * The database that a URI names; its name may be {@code *} where that of the system is all that matters.
     *
     * @throws AnomalyException {@code incorrect}, showing the form of such a URI
     */
    static LocalUri parse(String uri) {
        Matcher matcher = FORM.matcher(uri);
        if (matcher.matches()) {
            try {
                // In a form, + would be a blank.
                String escaped = matcher.group("storage").replace("+", "%2B");
                Path storage = Path.of(URLDecoder.decode(escaped, StandardCharsets.UTF_8));
                return new LocalUri(matcher.group("system"), matcher.group("database"), storage.normalize());
            } catch (IllegalArgumentException e) {
                // Escaped wrongly, or no path: as good as another form.
            }
        }
        throw AnomalyException.incorrect("A URI of Datomic Local has the form"
                + " datomic:local://SYSTEM/DB?storage-dir=/absolute/path, with names of letters, digits, _, . and -");
    }

    /** The directory of the database. */
    Path directory() {
        return storage.resolve(system).resolve(database);
    }

    /** For people to read. */
    String description() {
        return database + " of system " + system + " in " + storage;
    }
}
