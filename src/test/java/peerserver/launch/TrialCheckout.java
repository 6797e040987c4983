package peerserver.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A directory that looks to {@code bin/run} like a project, with an application of the test's own in it.
 *
 * @param root a directory whose name has spaces and a quote
 */
public record TrialCheckout(Path root) {

    /** A project that has been built, with these classes for an application. */
    public static TrialCheckout built(Path directory, Class<?>... application) throws IOException {
        TrialCheckout checkout = unbuilt(directory, "exit 1");
        Path target = Files.createDirectories(checkout.root.resolve("target/launcher"));
        try (Stream<Path> libraries = Files.list(PeerServerProcess.checkout().resolve("target/launcher"))) {
            for (Path library : libraries.toList()) {
                Files.createSymbolicLink(target.resolve(library.getFileName()), library);
            }
            // The JVM follows links to find out where the jar is, and the launcher goes from there.
            Path launcher = target.resolve("peer-server-launcher.jar");
            Files.copy(launcher.toRealPath(), launcher, StandardCopyOption.REPLACE_EXISTING);
        }
        Path war = target.resolve("peer-server-skinny.war");
        Files.delete(war);
        ShrinkWrap.create(WebArchive.class, "peer-server.war")
                .addClasses(application)
                .addAsWebInfResource(PeerServerProcess.checkout()
                        .resolve("src/main/webapp/WEB-INF/payara-web.xml")
                        .toFile())
                .as(ZipExporter.class)
                .exportTo(war.toFile());
        Files.createFile(target.resolveSibling("peer-server.war"));
        return checkout;
    }

    /** Where the archive of classes is, which in a trial is not one of its jars. */
    Path archive() {
        return root.resolve("target/launcher/peer-server.jsa");
    }

    /** A project that has not been built, with this for its {@code mvnw}. */
    static TrialCheckout unbuilt(Path directory, String mvnw) throws IOException {
        Path root = directory.resolve("it's a project");
        Path bin = Files.createDirectories(root.resolve("bin"));
        for (String name : List.of("run", "built.sh", "usage.txt")) {
            Files.copy(PeerServerProcess.checkout().resolve("bin").resolve(name), bin.resolve(name));
        }
        executable(bin.resolve("run"));
        executable(Files.writeString(root.resolve("mvnw"), "#!/bin/sh\n" + mvnw + '\n'));
        Files.createDirectories(root.resolve("src/main"));
        Files.createFile(root.resolve("pom.xml"));
        return new TrialCheckout(root);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
