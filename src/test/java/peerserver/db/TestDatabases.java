package peerserver.db;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import peerserver.config.DatabaseConfig;
import peerserver.config.MapConfig;
import peerserver.wire.AnomalyException;

/** The databases of a server, without JNDI and without threads. */
public final class TestDatabases {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Declarations declarations;
    private final Databases databases;

    private TestDatabases(Declarations declarations, Engine engine, ThreadFactory threads) {
        this.declarations = declarations;
        this.databases = new Databases(
                declarations,
                new FakeInstance<>(List.of(engine)),
                DatabaseConfig.from(new MapConfig(Map.of())),
                threads,
                Clock.fixed(NOW, ZoneOffset.UTC));
        databases.start(databases);
    }

    /** Databases by their names, some connected, some that cannot be. */
    public static TestDatabases of(Map<String, ? extends NamedDatabase> connected, String... unreachable) {
        Map<String, String> uris = new TreeMap<>();
        connected.keySet().forEach(name -> uris.put(name, "fake:" + name));
        List.of(unreachable).forEach(name -> uris.put(name, "fake:unreachable"));
        return of(uris, new FakeEngine(connected));
    }

    static TestDatabases of(Map<String, String> uris, Engine engine) {
        return new TestDatabases(new Declarations(uris), engine, OnceThread::new);
    }

    /** One database, which is being connected until the test says so. */
    public static TestDatabases connecting(String name, NamedDatabase database, CountDownLatch until) {
        FakeEngine engine = new FakeEngine(Map.of(name, database));
        Engine slow = new Engine() {
            @Override
            public String name() {
                return engine.name();
            }

            @Override
            public boolean opens(String uri) {
                return engine.opens(uri);
            }

            @Override
            public NamedDatabase open(DatabaseResource resource) {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return engine.open(resource);
            }
        };
        return new TestDatabases(new Declarations(Map.of(name, "fake:" + name)), slow, Thread::new);
    }

    /** The databases. */
    public Databases databases() {
        return databases;
    }

    /** Declares a database otherwise, which is noticed. */
    public void declare(String name, Map<String, ?> settings) {
        declarations.declare(name, settings);
        databases.refresh();
    }

    /** Declares a database no longer, which is noticed. */
    public void remove(String name) {
        declarations.remove(name);
        databases.refresh();
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
        public String name() {
            return "fake";
        }

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
