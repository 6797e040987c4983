package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of rows is the same in every JVM, whatever its hashes, its locale, its threads and the way data came in. */
class OneOrderTest {

    @Test
    void freshJvmsGiveTheSameRowsInTheSameOrder(@TempDir Path directory) throws Exception {
        Trial one = new Trial(
                directory.resolve("one"), "1", "-XX:hashCode=2", "-Duser.language=tr", "-Duser.timezone=Asia/Kolkata");
        Trial other = new Trial(
                directory.resolve("other"), "2", "-XX:hashCode=0", "-Duser.language=en", "-Dfile.encoding=ISO-8859-1");

        List<String> here = OrderTrial.lines(3);

        assertThat(here.stream().filter(line -> line.startsWith("  "))).hasSizeGreaterThan(2_500);
        assertThat(one.lines()).isEqualTo(here);
        assertThat(other.lines()).isEqualTo(here);
    }

    /** A JVM that runs the trial with options of its own. */
    private static final class Trial {

        private final Path answer;
        private final Path log;
        private final Process process;

        Trial(Path answer, String orderOfInsertion, String... options) throws IOException {
            this.answer = answer;
            log = answer.resolveSibling(answer.getFileName() + ".log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:+UnlockExperimentalVMOptions"));
            command.addAll(List.of(options));
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    OrderTrial.class.getName(),
                    answer.toString(),
                    orderOfInsertion));
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        }

        List<String> lines() throws Exception {
            try {
                assertThat(process.waitFor(120, TimeUnit.SECONDS))
                        .as("the trial ends")
                        .isTrue();
                assertThat(process.exitValue()).as(Files.readString(log)).isZero();
                return Files.readAllLines(answer);
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
