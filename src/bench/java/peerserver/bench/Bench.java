package peerserver.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jmh.runner.RunnerException;
import peerserver.bench.jmh.JmhBench;
import peerserver.bench.load.LoadBench;
import peerserver.bench.load.LoadReport;

/** Runs the parts of the bench that {@code -Dbench} names, {@code load,jmh} by default. Started in the project's directory. */
public final class Bench {

    private static final BenchmarksFile FILE = new BenchmarksFile(Path.of("BENCHMARKS.md"));

    private static final Logger LOG = Logger.getLogger("");

    private Bench() {}

    /** Runs, and ends the process, which the client's threads would keep alive. */
    public static void main(String[] args) {
        // The peer library in this process tells at INFO how it is, every minute.
        LOG.setLevel(Level.WARNING);
        try {
            run();
            System.exit(0);
        } catch (IOException | RunnerException | RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "The bench failed", e);
            System.exit(1);
        }
    }

    private static void run() throws IOException, RunnerException {
        List<String> parts = List.of(Optional.ofNullable(System.getProperty("bench"))
                .filter(value -> !value.isBlank())
                .orElse("load,jmh")
                .split(","));
        if (parts.contains("load")) {
            LoadReport report = LoadBench.run();
            System.out.println(report.markdown());
            if (report.complete()) {
                FILE.write("load", Machine.describe() + "\n\n" + report.markdown());
            }
        }
        if (parts.contains("jmh")) {
            String table = JmhBench.run();
            System.out.println(table);
            FILE.write("jmh", Machine.describe() + "\n\n" + table);
        }
    }
}
