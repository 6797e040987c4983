package peerserver.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import peerserver.Directories;
import peerserver.conformance.AccessKey;
import peerserver.launch.PeerServerProcess;

/**
 * What a server reads and writes in one run: a copy of what its distribution brings for that. It stays in {@code
 * target/servers/runs}, with the logs, until the next run.
 *
 * @param path absolute
 */
record ServerDirectory(Path path) {

    /** Copies the directory of a distribution that was just unzipped. */
    static ServerDirectory copyOf(Path template) {
        Path runs = PeerServerProcess.checkout().resolve("target/servers/runs");
        try {
            Files.createDirectories(runs);
            Path copy = Files.createTempDirectory(runs, template.getFileName() + "-");
            Directories.copy(template, copy);
            return new ServerDirectory(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script of {@code server-config}. */
    static String script(String name) {
        try {
            return Files.readString(
                    PeerServerProcess.checkout().resolve("server-config").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes keys that may do everything. */
    void writeKeys(String file, List<AccessKey> keys) {
        write(file, keys.stream().map(AccessKey::json).collect(Collectors.joining(",\n", "[", "]")));
    }

    Path write(String file, String text) {
        try {
            return Files.writeString(path.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a file into it. */
    void copy(Path from, String file) {
        try {
            Files.copy(from, path.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the keystore with the certificate that Datomic's clients trust. */
    Path writeKeyStore(String file) {
        try (InputStream keyStore = ServerDirectory.class.getResourceAsStream("/datomic/transactor-key.jks")) {
            Path path = path().resolve(file);
            Files.copy(Objects.requireNonNull(keyStore), path);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command of the server, to run in this directory; its JVMs start quickly, which is what counts in a test. */
    ProcessBuilder command(Path program, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).directory(path.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder.redirectErrorStream(true);
    }

    /**
     * Runs a command to its end.
     *
     * @throws IllegalStateException with its output when it fails
     */
    void run(Path program, String... arguments) {
        run(Map.of(), program, arguments);
    }

    /** The same with more in its environment. */
    void run(Map<String, String> environment, Path program, String... arguments) {
        try {
            Path output = Files.createTempFile(path, program.getFileName() + "-", ".out");
            // To a file, because a server that the command leaves behind would hold a pipe open.
            ProcessBuilder command = command(program, List.of(arguments)).redirectOutput(output.toFile());
            command.environment().putAll(environment);
            int status = command.start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(program + String.join(" ", arguments) + " ended with " + status + ":\n"
                        + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
