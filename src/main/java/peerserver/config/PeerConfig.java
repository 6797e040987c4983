package peerserver.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * The peer library's own settings, under the names that Datomic documents for system properties of a peer. The library
 * reads them when it is loaded, and has their defaults.
 *
 * @param settings those that are set: {@code datomic.objectCacheMax} and the others of the README
 */
public record PeerConfig(Map<String, String> settings) {

    /** What a setting may be. */
    private enum Kind {
        COUNT("a positive number", text -> text.matches("0*[1-9]\\d{0,17}")),
        MEMORY("32m or more: a number of bytes, or one with k, m or g", PeerConfig::isMemory),
        PATIENCE("10000 or more", text -> text.matches("0*[1-9]\\d{4,17}")),
        SWITCH("true or false", text -> text.matches("true|false")),
        ADDRESSES(
                "host:port, or several separated by commas", text -> text.matches("[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*")),
        DIRECTORY("a directory that can be written to", text -> Files.isWritable(Path.of(text))),
        CALLBACK("namespace/function or package.Class.method", text -> text.matches("[^\\s/]+/\\S+|\\w+(\\.\\w+)+")),
        TEXT("a text", text -> true),
        SECRET("a text", text -> true);

        private final String description;
        private final Predicate<String> accepts;

        Kind(String description, Predicate<String> accepts) {
            this.description = description;
            this.accepts = accepts;
        }
    }

    private static final long LEAST_MEMORY = 32L << 20;

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("datomic.ddbRequestTimeout", Kind.COUNT),
            Map.entry("datomic.memcachedAutoDiscovery", Kind.SWITCH),
            Map.entry("datomic.memcachedConfigTimeoutMsec", Kind.COUNT),
            Map.entry("datomic.memcachedExpirationDays", Kind.COUNT),
            Map.entry("datomic.memcachedPassword", Kind.SECRET),
            Map.entry("datomic.memcachedServers", Kind.ADDRESSES),
            Map.entry("datomic.memcachedUsername", Kind.TEXT),
            Map.entry("datomic.metricsCallback", Kind.CALLBACK),
            Map.entry("datomic.objectCacheMax", Kind.MEMORY),
            Map.entry("datomic.peerConnectionTTLMsec", Kind.PATIENCE),
            Map.entry("datomic.prefetchConcurrency", Kind.COUNT),
            Map.entry("datomic.prefetchProbes", Kind.SWITCH),
            Map.entry("datomic.readConcurrency", Kind.COUNT),
            Map.entry("datomic.sqlValidationQuery", Kind.TEXT),
            Map.entry("datomic.txTimeoutMsec", Kind.COUNT),
            Map.entry("datomic.valcacheMaxGb", Kind.COUNT),
            Map.entry("datomic.valcachePath", Kind.DIRECTORY));

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException for a value that makes no sense, naming the setting and, but for a secret, it
     */
    public PeerConfig {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        settings.forEach((name, value) -> {
            Kind kind = KINDS.getOrDefault(name, Kind.TEXT);
            if (!kind.accepts.test(value)) {
                throw new IllegalArgumentException(name + " must be " + kind.description + ", but is " + value);
            }
        });
        if (settings.containsKey("datomic.valcachePath") != settings.containsKey("datomic.valcacheMaxGb")) {
            throw new IllegalArgumentException(
                    "datomic.valcachePath and datomic.valcacheMaxGb must be set both, or neither");
        }
    }

    private static boolean isMemory(String text) {
        Matcher memory = Pattern.compile("0*([1-9]\\d{0,9})([kmgKMG]?)").matcher(text);
        if (!memory.matches()) {
            return false;
        }
        int power =
                switch (memory.group(2).toLowerCase(Locale.ROOT)) {
                    case "k" -> 10;
                    case "m" -> 20;
                    case "g" -> 30;
                    default -> 0;
                };
        return Long.parseLong(memory.group(1)) << power >= LEAST_MEMORY;
    }

    /** Reads the settings. */
    public static PeerConfig from(Config config) {
        Map<String, String> found = new TreeMap<>();
        KINDS.keySet().forEach(name -> config.getOptionalValue(name, String.class)
                .ifPresent(value -> found.put(name, value)));
        return new PeerConfig(found);
    }

    /** A line for operators, without secrets. */
    @Override
    public String toString() {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey()
                        + '='
                        + (KINDS.get(setting.getKey()) == Kind.SECRET ? "***" : setting.getValue()))
                .collect(Collectors.joining(", "));
    }
}
