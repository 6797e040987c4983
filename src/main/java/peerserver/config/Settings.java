package peerserver.config;

import org.eclipse.microprofile.config.Config;

/** Reading of single settings, with the name of the setting in every complaint. */
final class Settings {

    private Settings() {}

    static long longOr(Config config, String name, long otherwise) {
        return config.getOptionalValue(name, Long.class).orElse(otherwise);
    }

    static int intOr(Config config, String name, int otherwise) {
        return config.getOptionalValue(name, Integer.class).orElse(otherwise);
    }

    static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value);
        }
    }

    static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, but is " + value);
        }
    }
}
