package peerserver.db.peer;

import datomic.Peer;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import peerserver.wire.AnomalyException;

/**
 * What the peer library needs beside itself for some kinds of storage, and the Maven profile that builds it in. Asked
 * for before the peer library is, because a class of it that once failed to find its driver is lost until a restart.
 */
enum StorageDriver {
    DYNAMODB(
            "storage-dynamodb",
            "software.amazon.awssdk.services.dynamodb.DynamoDbClient",
            "datomic:ddb:",
            "datomic:ddb-local:",
            "datomic:backup:s3:"),
    CASSANDRA("storage-cassandra", "com.datastax.driver.core.Cluster", "datomic:cass:", "datomic:cass2:"),
    CASSANDRA_3("storage-cassandra3", "com.datastax.oss.driver.api.core.CqlSession", "datomic:cass3:"),
    INFINISPAN("storage-infinispan", "org.infinispan.client.hotrod.RemoteCacheManager", "datomic:inf:");

    private static final Logger LOG = Logger.getLogger(StorageDriver.class.getName());

    private final String profile;
    private final String className;
    private final List<String> prefixes;

    StorageDriver(String profile, String className, String... prefixes) {
        this.profile = profile;
        this.className = className;
        this.prefixes = List.of(prefixes);
    }

    /**
     * Makes sure that the driver for a URI is there.
     *
     * @throws AnomalyException {@code incorrect}, naming the profile that builds the driver in
     */
    static void check(String uri) {
        Stream.of(values())
                .filter(driver -> driver.prefixes.stream().anyMatch(uri::startsWith) && !driver.present())
                .findFirst()
                .ifPresent(driver -> {
                    throw AnomalyException.incorrect("The driver for this kind of storage is not in this build: build"
                            + " with ./mvnw -P" + driver.profile + " package");
                });
        SqlUri.jdbcUrl(uri).ifPresent(StorageDriver::checkJdbc);
    }

    private boolean present() {
        try {
            Class.forName(className, false, Peer.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void checkJdbc(String url) {
        try {
            loadJdbcDrivers();
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            String kind = url.replaceFirst("^(jdbc:[^:]*).*", "$1");
            throw AnomalyException.incorrect("No JDBC driver here takes " + kind + ": build with ./mvnw -Pstorage-jdbc"
                    + " -Djdbc.groupId=… -Djdbc.artifactId=… -Djdbc.version=… package");
        }
    }

    /** Drivers register themselves as they are loaded; the JDK does that only for those on its own class path. */
    private static synchronized void loadJdbcDrivers() {
        try {
            ServiceLoader.load(Driver.class, Peer.class.getClassLoader())
                    .forEach(driver -> LOG.log(Level.FINE, "JDBC driver {0}", driver));
        } catch (ServiceConfigurationError e) {
            LOG.log(Level.WARNING, "A JDBC driver cannot be loaded", e);
        }
    }
}
