package peerserver.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The private directory of one run, made by {@code bin/run} and deleted when the process ends. Whatever this process
 * writes is in it.
 *
 * @param path an existing directory that only its owner can enter
 */
record RunDirectory(Path path) {

    /** The arguments of {@code bin/run}, each ended by a NUL. Afterwards their file is gone. */
    List<String> takeArguments() throws IOException {
        String text = take("arguments").orElse("");
        List<String> arguments = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', start)) {
            arguments.add(text.substring(start, end));
            start = end + 1;
        }
        return arguments;
    }

    /** What {@link #takeArguments} will take. */
    void giveArguments(List<String> arguments) throws IOException {
        StringBuilder text = new StringBuilder();
        arguments.forEach(argument -> text.append(argument).append('\0'));
        write("arguments", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The keystore's password, when the environment had one. Afterwards its file is gone. */
    Optional<String> takeTlsPassword() throws IOException {
        return take("tls-password");
    }

    /** The secret of the cluster, when the environment had one. Afterwards its file is gone. */
    Optional<String> takeClusterSecret() throws IOException {
        return take("cluster-secret");
    }

    /** Creates a file of mode 0600, and the directories on the way to it. */
    Path write(String name, byte[] content) throws IOException {
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, content);
    }

    /** Deletes it with all it holds, as far as that is possible. */
    void delete() {
        for (int attempt = 0; attempt < 3 && Files.exists(path); attempt++) {
            try (Stream<Path> files = Files.walk(path)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException | UncheckedIOException e) {
                // Something else deletes in here too; the next attempt finds less.
            }
        }
    }

    private Optional<String> take(String name) throws IOException {
        Path file = path.resolve(name);
        try {
            String content = Files.readString(file, StandardCharsets.UTF_8);
            Files.delete(file);
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
