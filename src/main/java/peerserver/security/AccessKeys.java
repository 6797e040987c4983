package peerserver.security;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.config.KeysConfig;
import peerserver.work.ContainerStart;
import peerserver.work.ManagedThreads;

/**
 * The access keys of this server, from all their sources, which are looked at again and again: what changes there takes
 * effect while the server runs, between one request and the next.
 *
 * <p>A change counts when two looks in a row found the same: a file that is just being written is neither taken for an
 * error nor for the whole.
 */
@ApplicationScoped
public class AccessKeys {

    private static final Logger LOG = Logger.getLogger(AccessKeys.class.getName());
    private static final int LOOKS_PER_CHANGE = 2;

    private final KeysConfig config;
    private final Clock clock;
    private final @Nullable Thread watch;
    private KeysReading settled;
    private @Nullable KeysReading unsettled;
    private volatile KeyRing ring;
    private volatile @Nullable ContainerStart started;

    /** For proxies only. */
    AccessKeys() {
        config = new KeysConfig(List.of(), 1, name -> Optional.empty());
        clock = Clock.systemUTC();
        settled = KeysReading.of(config);
        ring = new KeyRing(Map.of());
        watch = null;
    }

    /**
     * Reads the sources.
     *
     * @throws KeysException when one of them cannot be used, or when they declare a key twice
     */
    @Inject
    AccessKeys(KeysConfig config, Clock clock, ThreadFactory threads) {
        this.config = config;
        this.clock = clock;
        settled = KeysReading.of(config);
        ring = new KeyRing(settled.keys());
        watch = ManagedThreads.daemon(threads, "watch access keys", this::watch);
    }

    /** Makes bad keys files known when the server starts, not at the first request. */
    void start(@Observes Startup event) {
        if (ring.names().isEmpty()) {
            LOG.log(Level.WARNING, "No access keys: set {0} or {1}. Every request will be refused.", new Object[] {
                KeysConfig.FILES, KeysConfig.DOCUMENT
            });
        } else {
            LOG.log(Level.INFO, "{0} access keys", ring.names().size());
        }
        started = ContainerStart.byThisThread();
        if (watch != null) {
            watch.start();
        }
    }

    @PreDestroy
    void stop() {
        if (watch != null) {
            watch.interrupt();
        }
    }

    private void watch() {
        try {
            ContainerStart start = started;
            if (start != null) {
                start.awaitEnd();
            }
            ManagedThreads.repeat(Math.max(1, config.pollMs() / LOOKS_PER_CHANGE), this::look);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at the sources, and takes over what has changed and was seen so before. */
    synchronized void look() {
        try {
            KeysReading reading = KeysReading.of(config);
            if (reading.sameAs(settled)) {
                unsettled = null;
            } else if (reading.sameAs(unsettled)) {
                unsettled = null;
                settled = reading;
                takeOver(reading);
            } else {
                unsettled = reading;
            }
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Cannot look for access keys; those that are known go on", e);
        }
    }

    private void takeOver(KeysReading reading) {
        KeysException problem = reading.problem();
        if (problem != null) {
            LOG.log(Level.SEVERE, "The access keys stay as they were: {0}", problem.getMessage());
            return;
        }
        KeyRing before = ring;
        KeyRing now = new KeyRing(reading.keys());
        ring = now;
        LOG.log(Level.INFO, "The access keys have changed: {0} keys, added {1}, removed {2}", new Object[] {
            now.names().size(), without(now, before), without(before, now)
        });
    }

    private static Set<String> without(KeyRing some, KeyRing others) {
        Set<String> names = new TreeSet<>(some.names());
        names.removeAll(others.names());
        return names;
    }

    /**
     * The caller of that name, with what it may do now.
     *
     * @param name the access key, which is the name of the container's caller principal
     * @return empty when there is no such key, or when none of its secrets is valid at this time
     */
    public Optional<Caller> caller(String name) {
        return ring.caller(name, clock.instant());
    }

    /** The secrets that a signature of the key may have been made with, as many of them for every name. */
    List<Secret> candidates(String name) {
        return ring.candidates(name, clock.instant());
    }
}
