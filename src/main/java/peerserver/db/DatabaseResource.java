package peerserver.db;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import peerserver.wire.AnomalyException;

/**
 * A database as it is declared under {@code datomic/} in JNDI, rightly or wrongly: one that is declared wrongly is a
 * database that cannot be connected.
 *
 * @param name the db-name: letters, digits and hyphens
 * @param settings what is declared, by the name of each property
 * @param flaw what is wrong with the declaration, if anything
 */
public record DatabaseResource(String name, Map<String, String> settings, Optional<String> flaw) {

    private static final String URI = "uri";
    private static final String CREATE = "create";
    private static final String REQUIRED = "required";
    private static final String READ_ONLY = "read-only";
    private static final String DATABASE_ID = "database-id";
    private static final String DATA_SOURCE = "data-source";
    private static final String CONNECT_TIMEOUT = "connect-timeout-ms";
    private static final String DESCRIPTION = "description";

    private static final Set<String> SWITCHES = Set.of(CREATE, REQUIRED, READ_ONLY);
    private static final Set<String> SETTINGS =
            Set.of(URI, CREATE, REQUIRED, READ_ONLY, DATABASE_ID, DATA_SOURCE, CONNECT_TIMEOUT, DESCRIPTION);
    /** What a connection that has been made does not depend on. */
    private static final Set<String> ABOUT_SERVING = Set.of(CREATE, REQUIRED, READ_ONLY, CONNECT_TIMEOUT, DESCRIPTION);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern SWITCH = Pattern.compile("(?i)true|false");
    private static final Pattern MILLISECONDS = Pattern.compile("0*[1-9]\\d{0,8}");
    /** Named secrets, as in {@code password=}; then {@code //user:secret@}; then Oracle's {@code user/secret@}. */
    private static final Pattern SECRETS = Pattern.compile("(?i)((?:password|pass|pwd|secret|key|token)=)[^&;,\\s]*"
            + "|(://[^/?#\\s:@]*:)[^/?#\\s]*(?=@)"
            + "|(jdbc:oracle:\\w+:[^/@\\s]*/)\\S*(?=@)");

    private DatabaseResource(String name, Map<String, String> settings) {
        this(name, settings, flaw(name, settings));
    }

    public DatabaseResource {
        settings = Map.copyOf(settings);
    }

    /** Whether something can be the name of a database. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Reads what JNDI holds under a name: the URI alone, or properties. */
    public static DatabaseResource of(String name, Object value) {
        Map<String, String> settings = new TreeMap<>();
        if (value instanceof String uri) {
            settings.put(URI, uri);
        } else if (value instanceof Properties properties) {
            properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, setting) -> settings.put(String.valueOf(key), String.valueOf(setting)));
        }
        return new DatabaseResource(name, settings);
    }

    /** What JNDI names but cannot give. */
    static DatabaseResource unreadable(String name, String reason) {
        return new DatabaseResource(
                name, Map.of(), Optional.of("The resource datomic/" + name + " cannot be read: " + reason));
    }

    private static Optional<String> flaw(String name, Map<String, String> settings) {
        if (!isName(name)) {
            return Optional.of("A database name is made of letters, digits and hyphens, not: " + name);
        }
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(SETTINGS);
        if (!unknown.isEmpty()) {
            return Optional.of("The resource datomic/" + name + " has unknown properties: " + unknown);
        }
        if (!settings.containsKey(URI)) {
            return Optional.of("The resource datomic/" + name + " has no uri");
        }
        if (!MILLISECONDS.matcher(settings.getOrDefault(CONNECT_TIMEOUT, "1")).matches()) {
            return Optional.of("The resource datomic/" + name + " has no positive number for " + CONNECT_TIMEOUT);
        }
        return SWITCHES.stream()
                .sorted()
                .filter(key ->
                        !SWITCH.matcher(settings.getOrDefault(key, "false")).matches())
                .findFirst()
                .map(key -> "The resource datomic/" + name + " has neither true nor false for " + key);
    }

    /**
     * This resource, if nothing is wrong with it.
     *
     * @throws AnomalyException {@code incorrect}, saying what is wrong
     */
    public DatabaseResource flawless() {
        flaw.ifPresent(text -> {
            throw AnomalyException.incorrect(text);
        });
        return this;
    }

    /** Whether nothing is known of what is declared, as when it cannot be read. */
    boolean saysNothing() {
        return settings.isEmpty();
    }

    /** What the documentation of {@code datomic.api/connect} describes; empty when it is missing. */
    public String uri() {
        return settings.getOrDefault(URI, "");
    }

    /** Whether to create the database where it is missing. */
    public boolean create() {
        return on(CREATE);
    }

    /** Whether the node is ready only once it is connected. */
    public boolean required() {
        return on(REQUIRED);
    }

    /** Whether nobody may transact, whatever the grants say. */
    public boolean readOnly() {
        return on(READ_ONLY);
    }

    /** What the id on the wire is instead of the engine's own. */
    public Optional<String> databaseId() {
        return Optional.ofNullable(settings.get(DATABASE_ID));
    }

    /** The JNDI name of the data source behind {@code sql} storage, for a URI without one of JDBC. */
    public Optional<String> dataSource() {
        return Optional.ofNullable(settings.get(DATA_SOURCE));
    }

    /** How long an attempt to connect may take, instead of the configured time. */
    public Optional<Duration> connectTimeout() {
        return Optional.ofNullable(settings.get(CONNECT_TIMEOUT)).map(text -> Duration.ofMillis(Long.parseLong(text)));
    }

    /** What operators say about it. */
    public Optional<String> description() {
        return Optional.ofNullable(settings.get(DESCRIPTION));
    }

    private boolean on(String setting) {
        return Boolean.parseBoolean(settings.get(setting));
    }

    /** Whether a connection made for the other resource is one for this. */
    boolean connectsAs(DatabaseResource other) {
        return flaw.equals(other.flaw) && aboutConnecting().equals(other.aboutConnecting());
    }

    private Map<String, String> aboutConnecting() {
        Map<String, String> about = new TreeMap<>(settings);
        about.keySet().removeAll(ABOUT_SERVING);
        return about;
    }

    /** A text, such as an error message, with passwords inside URIs replaced. */
    public static String redacted(String text) {
        return SECRETS.matcher(text).replaceAll("$1$2$3***");
    }

    @Override
    public String toString() {
        return "datomic/" + name + " (" + redacted(uri()) + ")";
    }
}
