package peerserver.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import peerserver.launch.PeerServerProcess;

/**
 * What is written down of takeovers, in {@code target/chaos}: each is a line of {@code takeovers.tsv}, and {@code
 * takeovers.md} is the table of all of them. Runs add to what is there; {@code ./mvnw clean} takes it away.
 */
final class Takeovers {

    private static final Path DIRECTORY = PeerServerProcess.checkout().resolve("target/chaos");
    private static final Path LINES = DIRECTORY.resolve("takeovers.tsv");
    private static final Path KILLS = DIRECTORY.resolve("kills.tsv");

    private Takeovers() {}

    /** Adds some, and writes the table anew. */
    static synchronized void add(List<Takeover> takeovers) {
        append(LINES, takeovers.stream().map(Takeover::line).toList());
        write();
    }

    /** Adds a kill of a process. */
    static synchronized void killed(String server) {
        append(KILLS, List.of(server));
        write();
    }

    private static void write() {
        try {
            List<Takeover> all = lines(LINES).stream().map(Takeover::of).toList();
            StringBuilder table = new StringBuilder("""
                    | server | balancing | node lost | how | tried | survived | mean pause | worst pause |
                    |---|---|---|---|---|---|---|---|
                    """);
            all.stream()
                    .collect(Collectors.groupingBy(Takeover::kind, TreeMap::new, Collectors.toList()))
                    .forEach((kind, some) -> table.append(row(kind, some)));
            table.append(row("all | | | ", all));
            lines(KILLS).stream()
                    .collect(Collectors.groupingBy(server -> server, TreeMap::new, Collectors.counting()))
                    .forEach((server, kills) -> table.append("\nProcesses killed, %s: %d\n".formatted(server, kills)));
            Files.writeString(DIRECTORY.resolve("takeovers.md"), table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(String kind, List<Takeover> some) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.2f s | %.2f s |%n",
                kind,
                some.size(),
                some.stream().filter(Takeover::survived).count(),
                some.stream()
                                .mapToLong(takeover -> takeover.pause().toMillis())
                                .average()
                                .orElse(0)
                        / 1000,
                some.stream()
                                .mapToLong(takeover -> takeover.pause().toMillis())
                                .max()
                                .orElse(0)
                        / 1000.0);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static void append(Path file, List<String> lines) {
        try {
            Files.createDirectories(DIRECTORY);
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
