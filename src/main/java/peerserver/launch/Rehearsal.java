package peerserver.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A start like that of {@code bin/run} which ends when the server is ready. The build does one, for the JVM to archive
 * the classes that it takes.
 */
final class Rehearsal {

    private Rehearsal() {}

    /** Makes a run directory, within an existing or new one, for a server that harms nobody. */
    static RunDirectory prepare(Path parent) throws IOException {
        Path path = Files.createTempDirectory(Files.createDirectories(parent.toAbsolutePath()), "run");
        Path temporary = Files.createDirectory(path.resolve("tmp"));
        System.setProperty("java.io.tmpdir", temporary.toString());
        List<String> arguments = List.of(
                "-h", "localhost",
                "-p", Integer.toString(freePort()),
                "-a", "rehearsal,rehearsal",
                "-d", "rehearsal,datomic:mem://rehearsal");
        RunDirectory directory = new RunDirectory(path);
        directory.giveArguments(arguments);
        return directory;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
