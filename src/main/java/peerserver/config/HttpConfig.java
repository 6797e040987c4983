package peerserver.config;

import org.eclipse.microprofile.config.Config;

/**
 * What browsers are told.
 *
 * @param hstsSeconds {@value #HSTS_SECONDS}: how long browsers are to use nothing but HTTPS for this host, whatever the
 *     port; 0, the default, for no word of it
 */
public record HttpConfig(long hstsSeconds) {

    /** Name of the property for {@link #hstsSeconds}. */
    public static final String HSTS_SECONDS = "peerserver.http.hsts-seconds";

    public HttpConfig {
        Settings.notNegative(HSTS_SECONDS, hstsSeconds);
    }

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException for values that make no sense, naming the property
     */
    public static HttpConfig from(Config config) {
        return new HttpConfig(Settings.longOr(config, HSTS_SECONDS, 0));
    }
}
