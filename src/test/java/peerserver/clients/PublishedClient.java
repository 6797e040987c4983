package peerserver.clients;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.jboss.shrinkwrap.resolver.api.maven.coordinate.MavenCoordinate;

/** A version of client-pro on Maven Central, run in a JVM that has its jars and those that it depends on. */
record PublishedClient(String version) {

    /** Clients before 0.9.66 name Clojure 1.7 and do not load in it: whoever used them brought a newer one. */
    private static final String CLOJURE = "org.clojure:clojure:1.10.0";

    private static final String CLIENT = "com.datomic:client-pro:";

    /** Every version from 0.8.14 to the newest, as Maven Central lists them now. */
    static Stream<String> published() {
        return Maven.resolver().resolveVersionRange(CLIENT + "[0.8.14,)").getVersions().stream()
                .map(MavenCoordinate::getVersion);
    }

    /** The command that runs a script of Clojure with this client. */
    List<String> command(Path script, List<String> args) {
        String classPath = Stream.of(Maven.resolver()
                        .resolve(CLOJURE, CLIENT + version)
                        .withTransitivity()
                        .asFile())
                .map(File::getPath)
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.concat(
                        Stream.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                classPath,
                                "clojure.main",
                                script.toString()),
                        args.stream())
                .toList();
    }
}
