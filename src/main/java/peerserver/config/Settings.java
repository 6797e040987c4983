package peerserver.config;

import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Reading of single settings, with the name of the setting in every complaint. */
final class Settings {

    private static final ThreadLocal<@Nullable SortedMap<String, Long>> READ = new ThreadLocal<>();

    private Settings() {}

    static long longOr(Config config, String name, long otherwise) {
        long value = config.getOptionalValue(name, Long.class).orElse(otherwise);
        SortedMap<String, Long> read = READ.get();
        if (read != null) {
            read.put(name, value);
        }
        return value;
    }

    static int intOr(Config config, String name, int otherwise) {
        long value = longOr(config, name, otherwise);
        atMost(name, value, Integer.MAX_VALUE);
        return (int) value;
    }

    /** The numbers that are read meanwhile, by their names. */
    static SortedMap<String, Long> read(Runnable reading) {
        SortedMap<String, Long> read = new TreeMap<>();
        READ.set(read);
        try {
            reading.run();
            return read;
        } finally {
            READ.remove();
        }
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
