package peerserver.config;

import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * How those are treated who sign with a wrong secret, again and again, and by which address they are known.
 *
 * @param free {@code peerserver.refusals.free}: how often an address may fail with a key and be answered at once; 10 by
 *     default
 * @param delayMs {@code peerserver.refusals.delay-ms}, milliseconds: how long the answer to the next failure is held back,
 *     twice as long for each further one; 250 by default, 0 for never
 * @param maxDelayMs {@code peerserver.refusals.max-delay-ms}, milliseconds: the most that an answer is held back; 10,000
 *     by default
 * @param forgetMs {@code peerserver.refusals.forget-ms}, milliseconds: after that time without a failure they are
 *     forgotten; 900,000 by default
 * @param remembered {@code peerserver.refusals.remembered}: pairs of an address and a key that are remembered; beyond, the
 *     one whose failure is oldest is forgotten; 10,000 by default
 * @param waiting {@code peerserver.refusals.waiting}: answers held back at once; beyond, they are given at once; 1,000 by
 *     default
 * @param proxies {@code peerserver.proxies}: addresses, or ranges such as {@code 10.0.0.0/8}, of proxies whose
 *     {@code X-Forwarded-For} is believed; none by default
 */
public record RefusalConfig(
        int free, long delayMs, long maxDelayMs, long forgetMs, int remembered, int waiting, List<String> proxies) {

    public RefusalConfig {
        Settings.notNegative("peerserver.refusals.free", free);
        Settings.notNegative("peerserver.refusals.delay-ms", delayMs);
        Settings.notNegative("peerserver.refusals.max-delay-ms", maxDelayMs);
        Settings.positive("peerserver.refusals.forget-ms", forgetMs);
        Settings.positive("peerserver.refusals.remembered", remembered);
        Settings.positive("peerserver.refusals.waiting", waiting);
        proxies = List.copyOf(proxies);
    }

    /** Reads the settings; those that are absent have their defaults. */
    public static RefusalConfig from(Config config) {
        return new RefusalConfig(
                Settings.intOr(config, "peerserver.refusals.free", 10),
                Settings.longOr(config, "peerserver.refusals.delay-ms", 250),
                Settings.longOr(config, "peerserver.refusals.max-delay-ms", 10_000),
                Settings.longOr(config, "peerserver.refusals.forget-ms", 900_000),
                Settings.intOr(config, "peerserver.refusals.remembered", 10_000),
                Settings.intOr(config, "peerserver.refusals.waiting", 1_000),
                config.getOptionalValues("peerserver.proxies", String.class).orElse(List.of()).stream()
                        .map(String::strip)
                        .filter(proxy -> !proxy.isEmpty())
                        .toList());
    }
}
