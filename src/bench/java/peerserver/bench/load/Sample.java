package peerserver.bench.load;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a while of calls has cost, or the medians of several such whiles. All times are milliseconds per call.
 *
 * @param calls how many there were
 * @param p50 the median of the time that a call took
 * @param p99 what 99 of 100 calls stay below
 * @param elapsed the time of the whole while, divided by the calls: with calls in parallel less than {@code p50}
 * @param processor processor time of the subject
 * @param client processor time of the measuring process
 */
record Sample(long calls, double p50, double p99, double elapsed, double processor, double client) {

    private static final double NANOS_PER_MS = 1e6;

    static Sample of(long[] latencies, long elapsedNanos, long processorNanos, long clientNanos) {
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        double calls = sorted.length;
        return new Sample(
                sorted.length,
                percentile(sorted, 50),
                percentile(sorted, 99),
                elapsedNanos / calls / NANOS_PER_MS,
                processorNanos / calls / NANOS_PER_MS,
                clientNanos / calls / NANOS_PER_MS);
    }

    /** The smallest that so many of 100 do not exceed. */
    private static double percentile(long[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1] / NANOS_PER_MS;
    }

    /** The median of each figure; the calls are all of them. */
    static Sample median(List<Sample> samples) {
        return new Sample(
                samples.stream().mapToLong(Sample::calls).sum(),
                median(samples, Sample::p50),
                median(samples, Sample::p99),
                median(samples, Sample::elapsed),
                median(samples, Sample::processor),
                median(samples, Sample::client));
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
