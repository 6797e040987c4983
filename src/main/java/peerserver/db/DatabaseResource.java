package peerserver.db;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import peerserver.wire.AnomalyException;

/**
 * A database as it is declared under {@code datomic/} in JNDI.
 *
 * @param name the db-name: letters, digits and hyphens
 * @param uri as the documentation of {@code datomic.api/connect} describes it
 * @param create whether to create the database where it is missing
 * @param required whether the node is ready only once it is connected
 * @param databaseId what the id on the wire is instead of the engine's own
 */
public record DatabaseResource(String name, String uri, boolean create, boolean required, Optional<String> databaseId) {

    private static final Set<String> SETTINGS = Set.of("uri", "create", "required", "database-id", "description");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");
    /** Named secrets, as in {@code password=}; then {@code //user:secret@}; then Oracle's {@code user/secret@}. */
    private static final Pattern SECRETS = Pattern.compile("(?i)((?:password|pass|pwd|secret|key|token)=)[^&;,\\s]*"
            + "|(://[^/?#\\s:@]*:)[^/?#\\s]*(?=@)"
            + "|(jdbc:oracle:\\w+:[^/@\\s]*/)\\S*(?=@)");

    public DatabaseResource {
        if (!NAME.matcher(name).matches()) {
            throw AnomalyException.incorrect("A database name is made of letters, digits and hyphens, not: " + name);
        }
    }

    /**
     * Reads what JNDI holds under a name: the URI alone, or properties.
     *
     * @throws AnomalyException {@code incorrect}, naming the resource and what is wrong with it
     */
    static DatabaseResource of(String name, Object value) {
        if (value instanceof String uri) {
            return new DatabaseResource(name, uri, false, false, Optional.empty());
        }
        Map<String, String> settings = new TreeMap<>();
        if (value instanceof Properties properties) {
            properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, setting) -> settings.put(String.valueOf(key), String.valueOf(setting)));
        }
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(SETTINGS);
        if (!unknown.isEmpty()) {
            throw AnomalyException.incorrect("The resource datomic/" + name + " has unknown properties: " + unknown);
        }
        String uri = settings.get("uri");
        if (uri == null) {
            throw AnomalyException.incorrect("The resource datomic/" + name + " has no uri");
        }
        return new DatabaseResource(
                name,
                uri,
                Boolean.parseBoolean(settings.get("create")),
                Boolean.parseBoolean(settings.get("required")),
                Optional.ofNullable(settings.get("database-id")));
    }

    /** A text, such as an error message, with passwords inside URIs replaced. */
    public static String redacted(String text) {
        return SECRETS.matcher(text).replaceAll("$1$2$3***");
    }

    @Override
    public String toString() {
        return "datomic/" + name + " (" + redacted(uri) + ")";
    }
}
