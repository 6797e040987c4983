package peerserver.db;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import peerserver.config.DatabaseConfig;
import peerserver.wire.AnomalyException;

/** The databases of a server that has just started, without JNDI and without threads. */
public final class TestDatabases {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private TestDatabases() {}

    /** Databases by their names, some connected, some that cannot be. */
    public static Databases of(Map<String, ? extends NamedDatabase> connected, String... unreachable) {
        Map<String, String> uris = new TreeMap<>();
        connected.keySet().forEach(name -> uris.put(name, "fake:" + name));
        List.of(unreachable).forEach(name -> uris.put(name, "fake:unreachable"));
        return of(uris, new FakeEngine(connected));
    }

    static Databases of(Map<String, String> uris, Engine engine) {
        DatabaseResources resources = new DatabaseResources() {
            @Override
            public List<DatabaseResource> all() {
                return uris.entrySet().stream()
                        .map(entry ->
                                new DatabaseResource(entry.getKey(), entry.getValue(), false, false, Optional.empty()))
                        .toList();
            }
        };
        Databases databases = new Databases(
                resources,
                new FakeInstance<>(List.of(engine)),
                new DatabaseConfig(1, 1_000),
                OnceThread::new,
                Clock.fixed(NOW, ZoneOffset.UTC));
        databases.start(databases);
        return databases;
    }

    /** Runs its work when it is started, and lets it pause never: the second attempt does not come. */
    private static final class OnceThread extends Thread {

        private final Runnable work;

        OnceThread(Runnable work) {
            this.work = work;
        }

        @Override
        public synchronized void start() {
            Thread.currentThread().interrupt();
            work.run();
            Thread.interrupted();
        }
    }

    private record FakeEngine(Map<String, ? extends NamedDatabase> databases) implements Engine {

        @Override
        public boolean opens(String uri) {
            return uri.startsWith("fake:");
        }

        @Override
        public NamedDatabase open(DatabaseResource resource) {
            NamedDatabase database = databases.get(resource.name());
            if (database == null) {
                throw AnomalyException.incorrect("out of reach");
            }
            return database;
        }
    }
}
