package peerserver.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** What a run was made on. */
final class Machine {

    private Machine() {}

    /** Date, processor, memory, system and JVM, in one sentence. */
    static String describe() {
        return String.format(
                Locale.ROOT,
                "Measured on %s: %d cores of %s, %s of memory, %s %s, %s %s.",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                fact("/proc/cpuinfo", "model name"),
                fact("/proc/meminfo", "MemTotal").replaceFirst("\\d{6} kB$", " GB"),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"));
    }

    /** What a file of lines {@code name : value} says. */
    private static String fact(String file, String name) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
