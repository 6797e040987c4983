package peerserver.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Sixteen callers at once. */
final class Crowd {

    static final int SIZE = 16;

    private Crowd() {}

    /** What one of them does. */
    interface Work<T> {
        T of(int thread) throws Exception;
    }

    /** Lets all of them work, and waits for what each of them finds. */
    static <T> List<T> atOnce(Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SIZE);
        try {
            List<Future<T>> results = new ArrayList<>();
            for (int i = 0; i < SIZE; i++) {
                int thread = i;
                Callable<T> task = () -> work.of(thread);
                results.add(threads.submit(task));
            }
            List<T> found = new ArrayList<>();
            for (Future<T> result : results) {
                found.add(result.get(60, TimeUnit.SECONDS));
            }
            return found;
        } finally {
            threads.shutdownNow();
        }
    }
}
