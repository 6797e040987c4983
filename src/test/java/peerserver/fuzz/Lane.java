package peerserver.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs inputs, each made from the seed and its own number, and gathers what went wrong. What was wrong is left in
 * {@code target/fuzz}; {@code -Dpeerserver.fuzz.seed=… -Dpeerserver.fuzz.only=NUMBER} runs one input again.
 */
final class Lane {

    /** Where random numbers begin: {@code peerserver.fuzz.seed}. */
    static final long SEED = Long.getLong("peerserver.fuzz.seed", 20261122);

    /** How many times the inputs of an ordinary build are run: {@code peerserver.fuzz.times}. */
    static final int TIMES = Integer.getInteger("peerserver.fuzz.times", 1);

    private static final @Nullable Integer ONLY = Integer.getInteger("peerserver.fuzz.only");
    private static final Path FINDINGS = Path.of("target", "fuzz");
    private static final int MOST_FINDINGS = 40;
    /** Not a measure of speed: no input takes that long unless it never ends. */
    private static final int HANGS_AFTER_S = 60;

    private final String name;
    private final Map<String, Integer> findings = new LinkedHashMap<>();
    private volatile int number;
    private volatile @Nullable Object current;

    private Lane(String name) {
        this.name = name;
    }

    /** What is done with an input. */
    interface Trial {

        /**
         * Tries one input.
         *
         * @param note called with the input once it is made
         * @return what is wrong, or null
         */
        @Nullable String run(SplittableRandom random, int number, java.util.function.Consumer<Object> note);
    }

    /** Runs that many inputs, times {@link #TIMES}, on a thread of their own; fails with all that was wrong. */
    static void run(String name, int sample, Trial trial) {
        new Lane(name).run(sample, trial);
    }

    private void run(int sample, Trial trial) {
        int first = ONLY == null ? 0 : ONLY;
        int end = ONLY == null ? sample * TIMES : ONLY + 1;
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    for (int next = first; next < end && findings.size() < MOST_FINDINGS; next++) {
                        number = next;
                        runOne(trial);
                    }
                    done.complete(null);
                },
                "fuzz " + name);
        thread.setDaemon(true);
        thread.start();
        await(done, thread);
        System.out.printf(
                "fuzz %s: %,d inputs from seed %d, %d findings%n", name, number - first + 1, SEED, findings.size());
        assertThat(findings.keySet()).as("seed %d", SEED).isEmpty();
    }

    private void runOne(Trial trial) {
        String wrong;
        try {
            wrong = trial.run(random(number), number, input -> current = input);
        } catch (Throwable e) {
            wrong = e + " at " + Arrays.stream(e.getStackTrace()).limit(4).toList();
        }
        if (wrong != null) {
            found(wrong);
        }
    }

    private static SplittableRandom random(int number) {
        return new SplittableRandom(SEED * 31 + number * 0x9E3779B97F4A7C15L);
    }

    private void await(CompletableFuture<Void> done, Thread thread) {
        int before = -1;
        while (true) {
            try {
                done.get(HANGS_AFTER_S, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                if (number == before) {
                    found("never ends: " + Arrays.toString(thread.getStackTrace()));
                    return;
                }
                before = number;
            } catch (java.util.concurrent.ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void found(String wrong) {
        String kind = wrong.replaceAll("[0-9a-f-]{36}|\\d+", "…");
        if (findings.merge(kind, 1, Integer::sum) == 1) {
            String report = "input " + number + ": " + wrong + "\n" + current + "\n";
            System.err.println("fuzz " + name + " " + report);
            try {
                Files.createDirectories(FINDINGS);
                Files.writeString(FINDINGS.resolve(name + "-" + SEED + "-" + number + ".txt"), report);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
