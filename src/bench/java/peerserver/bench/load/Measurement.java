package peerserver.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Calls again and again, and counts what it costs. */
final class Measurement {

    private static final int LEAST_CALLS = 3;

    private Measurement() {}

    /** A while of a line's calls on a subject. */
    static Sample of(Line line, Subject subject, Duration length) {
        return of(number -> line.call().on(subject, number), line.threads(), subject.pid(), length);
    }

    /** A while of any calls, each with a number of an item. */
    static Sample of(NumberedCall call, int threads, long pid, Duration length) {
        long self = ProcessHandle.current().pid();
        long client = ProcessorTime.of(self);
        long processor = ProcessorTime.of(pid);
        long start = System.nanoTime();
        long[] latencies = inParallel(threads, thread -> latencies(call, thread, length));
        long elapsed = System.nanoTime() - start;
        return Sample.of(latencies, elapsed, ProcessorTime.of(pid) - processor, ProcessorTime.of(self) - client);
    }

    private static long[] latencies(NumberedCall call, int thread, Duration length) {
        SplittableRandom random = new SplittableRandom(thread);
        LongStream.Builder latencies = LongStream.builder();
        long end = System.nanoTime() + length.toNanos();
        long before = System.nanoTime();
        for (int calls = 0; calls < LEAST_CALLS || before < end; calls++) {
            call.on(random.nextInt(Items.COUNT));
            long after = System.nanoTime();
            latencies.add(after - before);
            before = after;
        }
        return latencies.build().toArray();
    }

    private static long[] inParallel(int threads, Worker work) {
        if (threads == 1) {
            return work.latencies(0);
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<long[]>> tasks = IntStream.range(0, threads)
                    .<Callable<long[]>>mapToObj(thread -> () -> work.latencies(thread))
                    .toList();
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> one : executor.invokeAll(tasks)) {
                all.add(one.get());
            }
            return all.stream().flatMapToLong(LongStream::of).toArray();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            executor.shutdown();
        }
    }

    /** Something to call with the number of an item. */
    interface NumberedCall {
        Object on(int number);
    }

    /** The work of one of several threads. */
    private interface Worker {
        long[] latencies(int thread);
    }
}
