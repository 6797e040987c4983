package peerserver.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.jboss.shrinkwrap.resolver.api.maven.ScopeType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The libraries that each profile for storage builds in, in a JVM of their own: the peer library finds its driver, which
 * finds that nothing listens where the storage should be.
 */
@Timeout(300)
class StorageDriversIT {

    private static final Path BASE = Path.of(System.getProperty("peerserver.basedir"));

    private static String listed(Path directory, String profile, String uri) throws IOException, InterruptedException {
        Path arguments = Files.writeString(directory.resolve("arguments"), uri + "\n");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // As the launcher has it, and as version 5.1 of Infinispan needs it.
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-cp",
                classPath(profile),
                DatabaseCommand.class.getName(),
                "list-databases",
                arguments.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(1);
        return output;
    }

    private static String classPath(String profile) {
        File[] libraries = Maven.configureResolver()
                .loadPomFromFile(BASE.resolve("pom.xml").toFile(), profile)
                .importDependencies(ScopeType.COMPILE, ScopeType.RUNTIME)
                .resolve()
                .withTransitivity()
                .asFile();
        return Stream.concat(
                        Stream.of(
                                BASE.resolve("target/classes").toString(),
                                BASE.resolve("target/launcher/lib/clojure-aot.jar")
                                        .toString()),
                        Stream.of(libraries).map(File::getPath))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void dynamoDb(@TempDir Path directory) throws IOException, InterruptedException {
        assertThat(listed(
                        directory,
                        "storage-dynamodb",
                        "datomic:ddb-local://127.0.0.1:1/table/*?aws_access_key_id=a&aws_secret_key=b"))
                .contains("Connection refused");
    }

    @Tag("storage")
    @ParameterizedTest
    @CsvSource({
        "storage-cassandra, datomic:cass://127.0.0.1:1/keyspace.table/*, TransportException: [/127.0.0.1:1] Cannot connect",
        "storage-cassandra, datomic:cass2://127.0.0.1:1/keyspace.table/*, TransportException: [/127.0.0.1:1] Cannot connect",
        "storage-cassandra3, datomic:cass3://127.0.0.1:1/keyspace.table/*, Could not reach any contact point",
        "storage-infinispan, datomic:inf://127.0.0.1:1/*, Could not fetch transport"
    })
    void theOthers(String profile, String uri, String expected, @TempDir Path directory)
            throws IOException, InterruptedException {
        assertThat(listed(directory, profile, uri)).contains(expected);
    }
}
