package peerserver.bench.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of the steps, and makes a table of them. */
public final class JmhBench {

    private static final TimeValue SECOND = TimeValue.seconds(1);
    private static final int ITERATIONS = 5;

    private JmhBench() {}

    /** The table as Markdown. */
    public static String run() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("peerserver\\..*Benchmark\\..*")
                        .mode(Mode.Throughput)
                        .timeUnit(TimeUnit.SECONDS)
                        .forks(1)
                        .jvmArgs("-Xms1g", "-Xmx1g")
                        .warmupIterations(ITERATIONS)
                        .warmupTime(SECOND)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(SECOND)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .run();
        return String.join("\n", table(results));
    }

    private static List<String> table(Collection<RunResult> results) {
        Map<String, Map<String, RunResult>> steps = new TreeMap<>();
        for (RunResult result : results) {
            String[] name = result.getParams().getBenchmark().split("\\.", -1);
            String step = name[name.length - 2].replace("Benchmark", "") + parameters(result.getParams());
            steps.computeIfAbsent(step, key -> new LinkedHashMap<>()).put(name[name.length - 1], result);
        }
        List<String> lines = new ArrayList<>();
        lines.add("| step | ours, rows/s | plain, rows/s | ours / plain"
                + " | ours, bytes allocated per row | plain, bytes allocated per row | plain / ours |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|");
        steps.forEach((step, byName) -> lines.add(row(step, byName.get("ours"), byName.get("plain"))));
        return lines;
    }

    private static String row(String step, @Nullable RunResult ours, @Nullable RunResult plain) {
        return String.join(
                " | ",
                "| " + step,
                figure(ours, JmhBench::rowsPerSecond),
                figure(plain, JmhBench::rowsPerSecond),
                ratio(ours, plain, JmhBench::rowsPerSecond),
                figure(ours, JmhBench::bytesPerRow),
                figure(plain, JmhBench::bytesPerRow),
                ratio(plain, ours, JmhBench::bytesPerRow) + " |");
    }

    private static String parameters(BenchmarkParams params) {
        StringBuilder text = new StringBuilder();
        params.getParamsKeys().stream().sorted().forEach(key -> text.append(", ")
                .append(params.getParam(key).toLowerCase(Locale.ROOT)));
        return text.toString();
    }

    private static double rowsPerSecond(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double bytesPerRow(RunResult result) {
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return Objects.requireNonNull(allocated).getScore();
    }

    private static String figure(@Nullable RunResult result, ToDoubleFunction<RunResult> figure) {
        return result == null ? "–" : String.format(Locale.ROOT, "%,.0f", figure.applyAsDouble(result));
    }

    private static String ratio(
            @Nullable RunResult above, @Nullable RunResult below, ToDoubleFunction<RunResult> figure) {
        return above == null || below == null
                ? "–"
                : String.format(Locale.ROOT, "%.2f", figure.applyAsDouble(above) / figure.applyAsDouble(below));
    }
}
