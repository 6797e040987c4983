package peerserver.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.Directories;

/**
 * Debian's PostgreSQL with a cluster of its own on a free port of loopback, started for the first test that asks and
 * ended with the JVM. It holds the database {@value #STORAGE}, which has Datomic's documented table, and
 * {@value #EMPTY}, which has none. PostgreSQL refuses to run as root, and then runs as the user that its package made.
 */
public final class PostgreSql {

    /** The database with Datomic's table, and the name of its owner. */
    public static final String STORAGE = "datomic";

    /** The owner's. */
    public static final String PASSWORD = "postgres-s3cr3t";

    /** The database without the table. */
    public static final String EMPTY = "empty";

    private static final String ADMINISTRATOR = "postgres";
    private static final int PATIENCE_S = 60;
    private static final String TABLE =
            "create table datomic_kvs (id text primary key, rev integer, map text, val bytea)";

    private static @Nullable PostgreSql shared;

    private final Path directory;
    private final int port;
    private final Process process;

    private PostgreSql(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** The one of this JVM. */
    public static synchronized PostgreSql shared() {
        if (shared == null) {
            try {
                shared = start();
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("PostgreSQL does not start", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return shared;
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** The URL of a database here. */
    public String url(String database) {
        return url(port, database);
    }

    /** The same URL with another port, of something that passes on to this one. */
    public static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + STORAGE + "&password=" + PASSWORD;
    }

    /** Makes another database with Datomic's table and with the place where its transactor says to be. */
    public void storageWithTransactor(String database, Heartbeat heartbeat) {
        try (Connection administrator = DriverManager.getConnection(administration());
                Statement statement = administrator.createStatement()) {
            statement.execute("create database " + database + " owner " + STORAGE);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        execute(database, TABLE);
        execute(database, heartbeat.statement());
    }

    private void execute(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String administration() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + ADMINISTRATOR;
    }

    private static PostgreSql start() throws IOException, SQLException, InterruptedException {
        Path binaries = binaries();
        Path directory = Files.createTempDirectory("peer-server-postgresql");
        if (root()) {
            run(directory, List.of("chown", ADMINISTRATOR, directory.toString()));
        }
        Path data = directory.resolve("data");
        run(
                directory,
                unprivileged(
                        binaries.resolve("initdb").toString(),
                        "--pgdata=" + data,
                        "--username=" + ADMINISTRATOR,
                        "--auth=trust",
                        "--no-sync"));
        Files.writeString(data.resolve("pg_hba.conf"), """
                host all postgres 127.0.0.1/32 trust
                host all all 127.0.0.1/32 scram-sha-256
                """);
        int port = freePort();
        Process process = new ProcessBuilder(unprivileged(
                        binaries.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "postgresql.log").toFile())
                .start();
        PostgreSql server = new PostgreSql(directory, port, process);
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        server.prepare();
        return server;
    }

    private void prepare() throws SQLException, InterruptedException {
        try (Connection connection = awaitConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + STORAGE + " login password '" + PASSWORD + "'");
            statement.execute("create database " + STORAGE + " owner " + STORAGE);
            statement.execute("create database " + EMPTY + " owner " + STORAGE);
        }
        execute(STORAGE, TABLE);
    }

    private Connection awaitConnection() throws SQLException, InterruptedException {
        for (int i = 0; ; i++) {
            try {
                return DriverManager.getConnection(administration());
            } catch (SQLException e) {
                if (!process.isAlive() || i >= 10 * PATIENCE_S) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private void stop() {
        try {
            // Asked by SIGTERM it would wait for its clients.
            run(directory, List.of("kill", "-QUIT", Long.toString(process.pid())));
            process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
            Directories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The newest that the machine has; where it has none, it is installed. */
    private static Path binaries() throws IOException, InterruptedException {
        Path script = Path.of(System.getProperty("peerserver.basedir", ""), ".ci", "postgresql");
        run(Path.of(""), List.of(script.toAbsolutePath().toString()));
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(binaries -> Files.isExecutable(binaries.resolve("postgres")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    /** Replaced by the process that it starts, so that this has its id. */
    private static List<String> unprivileged(String... command) {
        List<String> line = new ArrayList<>();
        if (root()) {
            line.addAll(
                    List.of("setpriv", "--reuid=" + ADMINISTRATOR, "--regid=" + ADMINISTRATOR, "--clear-groups", "--"));
        }
        line.addAll(List.of(command));
        return line;
    }

    private static void run(Path directory, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + output);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
