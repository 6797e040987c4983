package peerserver.launch;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Deletes the run directory when the process ends, after Payara has let go of it. A shutdown hook. */
final class Cleanup extends Thread {

    private static final String PAYARA_HOOK = "Payara Micro Shutdown Hook";
    private static final long HOOK_STARTS_WITHIN_MS = 500;
    private static final long PAYARA_STOPS_WITHIN_MS = 20_000;

    private final RunDirectory directory;

    Cleanup(RunDirectory directory) {
        super("run-directory-cleanup");
        this.directory = directory;
    }

    @Override
    public void run() {
        // Payara prints as it stops.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            // Hooks run side by side, and the JVM starts them in no particular order.
            long deadline = System.nanoTime() + HOOK_STARTS_WITHIN_MS * 1_000_000;
            Optional<Thread> payara = payara();
            while (payara.isEmpty() && System.nanoTime() < deadline && MicroServer.started()) {
                sleep(10);
                payara = payara();
            }
            if (payara.isPresent()) {
                payara.get().join(PAYARA_STOPS_WITHIN_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        directory.delete();
    }

    private static Optional<Thread> payara() {
        return getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(PAYARA_HOOK))
                .findFirst();
    }
}
