package peerserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with options of its own, whose main class writes lines into the file that is its first argument. */
public final class TrialJvm {

    private final Path answer;
    private final Path log;
    private final Process process;

    /** Starts it, with this class path. */
    public TrialJvm(Path answer, List<String> options, Class<?> main, String... moreArguments) throws IOException {
        this.answer = answer;
        log = answer.resolveSibling(answer.getFileName() + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UnlockExperimentalVMOptions"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), answer.toString()));
        command.addAll(List.of(moreArguments));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** What it has written, once it has ended well. */
    public List<String> lines() throws IOException, InterruptedException {
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
