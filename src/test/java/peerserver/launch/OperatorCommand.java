package peerserver.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of one of the commands for operators in {@code bin/}.
 *
 * @param status its exit status
 * @param output all that it wrote
 */
public record OperatorCommand(int status, String output) {

    /**
     * Runs it to its end.
     *
     * @throws IllegalStateException with its output when it fails
     */
    public static OperatorCommand run(String command, String... arguments) {
        OperatorCommand ended = attempt("", command, arguments);
        if (ended.status != 0) {
            throw new IllegalStateException(command + " failed: " + ended.output);
        }
        return ended;
    }

    /** The same, whatever comes of it, with input for it to read. */
    public static OperatorCommand attempt(String input, String command, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(PeerServerProcess.checkout().resolve("bin").resolve(command).toString());
        line.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new OperatorCommand(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
