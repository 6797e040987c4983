package peerserver.config;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.microprofile.config.Config;

/** Reading of single settings, with the name of the setting in every complaint. */
final class Settings {

    private static final Map<String, Long> READ = new ConcurrentSkipListMap<>();

    private Settings() {}

    static long longOr(Config config, String name, long otherwise) {
        long value = config.getOptionalValue(name, Long.class).orElse(otherwise);
        READ.put(name, value);
        return value;
    }

    static int intOr(Config config, String name, int otherwise) {
        long value = longOr(config, name, otherwise);
        atMost(name, value, Integer.MAX_VALUE);
        return (int) value;
    }

    /** The numbers that were read last, by their names. */
    static SortedMap<String, Long> read() {
        return new TreeMap<>(READ);
    }

    static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value);
        }
    }

    static void atMost(String name, long value, long most) {
        if (value > most) {
            throw new IllegalArgumentException(name + " must be at most " + most + ", but is " + value);
        }
    }

    static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, but is " + value);
        }
    }
}
