package peerserver.bench.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the server is meant to reach, and whether it does. */
final class Targets {

    private final Results results;

    private Targets(Results results) {
        this.results = results;
    }

    /** The table of a complete run. */
    static List<String> table(Results results) {
        Targets targets = new Targets(results);
        List<String> lines = new ArrayList<>();
        lines.add("| target | wanted | measured | | at best |");
        lines.add("|---|---:|---:|---|---:|");
        lines.add(targets.slowestLine());
        lines.add(atLeast(
                "processor time, yardstick / ours, geometric mean of the lines",
                2,
                targets.mean(),
                Figures.ratio(targets.bestMean())));
        lines.add(targets.faster(Line.DATOMS, 3));
        lines.add(targets.faster(Line.PULL_16, 1.5));
        lines.add(targets.faster(Line.TRANSACT, 1.5));
        for (Line line : List.of(Line.PULL, Line.PULL_16, Line.Q_1, Line.Q_1_16)) {
            lines.add(targets.ownShare(line));
        }
        lines.add(targets.bulk());
        lines.add(targets.order());
        return lines;
    }

    private String slowestLine() {
        Line slowest = Line.allJudged().stream()
                .min(Comparator.comparingDouble(this::wall))
                .orElseThrow();
        return atLeast(
                "no line slower than the yardstick; the worst is: " + slowest.title(), 1, wall(slowest), best(slowest));
    }

    private String faster(Line line, double wanted) {
        return atLeast(line.title() + ", yardstick / ours", wanted, wall(line), best(line));
    }

    /** What the ratio of walls would be if nothing but container, engine and client cost anything. */
    private String best(Line line) {
        return Figures.ratio(1 / (line.parallel() ? leastInParallel(line) : leastAlone(line)));
    }

    /** The share of the yardstick's time; bound by processor time, the client's included, as all share two cores. */
    private double leastInParallel(Line line) {
        Sample yardstick = sample(line, Server.YARDSTICK);
        double least = floor(line).processor() + ours(line).client();
        return least / (yardstick.processor() + yardstick.client());
    }

    /**
     * The share of the yardstick's time; where one call follows another, each takes as long as container and engine by
     * themselves, and gets shorter at most by the processor time that the server spends on anything else.
     */
    private double leastAlone(Line line) {
        Sample ours = ours(line);
        Sample floor = floor(line);
        double spared = Math.max(0, ours.processor() - floor.processor());
        return Math.max(floor.elapsed(), ours.elapsed() - spared)
                / sample(line, Server.YARDSTICK).elapsed();
    }

    private double mean() {
        return geometricMean(line -> ratio(line, Sample::processor));
    }

    private double bestMean() {
        return geometricMean(
                line -> sample(line, Server.YARDSTICK).processor() / floor(line).processor());
    }

    private static double geometricMean(ToDoubleFunction<Line> ratio) {
        return Math.exp(Line.allJudged().stream()
                .mapToDouble(line -> Math.log(ratio.applyAsDouble(line)))
                .average()
                .orElseThrow());
    }

    private double wall(Line line) {
        return ratio(line, Sample::elapsed);
    }

    private double ratio(Line line, ToDoubleFunction<Sample> figure) {
        return figure.applyAsDouble(sample(line, Server.YARDSTICK)) / figure.applyAsDouble(ours(line));
    }

    private String ownShare(Line line) {
        double noOp = noOp(line, Server.OURS);
        double own = ours(line).processor() - engine(line) - noOp;
        double engineInServer = floor(line).processor() - noOp(line, Server.CONTAINER);
        return row(
                "own share of " + line.title() + ": (total − in process − no-op) / no-op",
                "< 15 %",
                Figures.percent(own / noOp),
                own / noOp < 0.15,
                Figures.percent((engineInServer - engine(line)) / noOp));
    }

    private String bulk() {
        double encoding = results.encoding().orElseThrow().processor();
        double least = encoding + engine(Line.Q_100000);
        double times = ours(Line.Q_100000).processor() / least;
        double best = (encoding + floor(Line.Q_100000).processor()) / least;
        return row(
                "q, 100,000 rows, processor time / (encoding in one go + in process)",
                "≤ 1.3",
                Figures.ratio(times),
                times <= 1.3,
                Figures.ratio(best));
    }

    private String order() {
        double share =
                results.ordering().orElseThrow().elapsed() / ours(Line.Q_100000).elapsed();
        return row(
                "q, 100,000 rows, time to put them in order / whole",
                "< 10 %",
                Figures.percent(share),
                share < 0.1,
                "");
    }

    private double engine(Line line) {
        return results.engine(line).orElseThrow().processor();
    }

    private double noOp(Line line, String server) {
        return results.noOp(line, server).orElseThrow().processor();
    }

    private Sample floor(Line line) {
        return results.floor(line).orElseThrow();
    }

    private Sample ours(Line line) {
        return sample(line, Server.OURS);
    }

    private Sample sample(Line line, String subject) {
        return results.of(line, subject).orElseThrow();
    }

    private static String atLeast(String target, double wanted, double measured, String best) {
        return row(target, "≥ " + Figures.ratio(wanted), Figures.ratio(measured), measured >= wanted, best);
    }

    private static String row(String target, String wanted, String measured, boolean met, String best) {
        return row(target, wanted, measured, met ? "met" : "**not met**", best);
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
