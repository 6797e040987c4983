package peerserver.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The tables of a run, as Markdown. */
public final class LoadReport {

    private final LoadSettings settings;
    private final Results results;

    LoadReport(LoadSettings settings, Results results) {
        this.settings = settings;
        this.results = results;
    }

    /** Whether everything was measured, and often enough to write it down. */
    public boolean complete() {
        return settings.complete();
    }

    /** All tables. */
    public String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Medians of %d rounds of %d ms a line and subject, after %d ms of processor time for warm-up each. All figures are"
                        + " milliseconds per call.",
                settings.rounds(),
                settings.round().toMillis(),
                settings.warmUp().toMillis()));
        lines.add("");
        if (complete()) {
            lines.addAll(Targets.table(results));
            lines.add("");
        }
        lines.add("### Time on the wall");
        lines.add("");
        lines.addAll(wall());
        lines.add("");
        lines.add("### Processor time of the server");
        lines.add("");
        lines.addAll(processor());
        return String.join("\n", lines);
    }

    private List<String> wall() {
        List<String> lines = new ArrayList<>();
        lines.add("| line | ours, p50 | p99 | per call | yardstick, p50 | p99 | per call | yardstick / ours"
                + " | in process, p50 | no-op, per call |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (Line line : settings.lines()) {
            Optional<Sample> ours = results.of(line, Server.OURS);
            Optional<Sample> yardstick = results.of(line, Server.YARDSTICK);
            lines.add(row(
                    line.title(),
                    ms(ours, Sample::p50),
                    ms(ours, Sample::p99),
                    ms(ours, Sample::elapsed),
                    ms(yardstick, Sample::p50),
                    ms(yardstick, Sample::p99),
                    ms(yardstick, Sample::elapsed),
                    ratio(yardstick, ours, Sample::elapsed),
                    ms(results.engine(line), Sample::p50),
                    ms(results.noOp(line, Server.OURS), Sample::elapsed)));
        }
        return lines;
    }

    private List<String> processor() {
        List<String> lines = new ArrayList<>();
        lines.add("| line | ours | yardstick | yardstick / ours | in process | no-op | container | floor"
                + " | yardstick / floor | client with ours | client with yardstick |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (Line line : settings.lines()) {
            Optional<Sample> ours = results.of(line, Server.OURS);
            Optional<Sample> yardstick = results.of(line, Server.YARDSTICK);
            lines.add(row(
                    line.title(),
                    ms(ours, Sample::processor),
                    ms(yardstick, Sample::processor),
                    ratio(yardstick, ours, Sample::processor),
                    ms(results.engine(line), Sample::processor),
                    ms(results.noOp(line, Server.OURS), Sample::processor),
                    ms(results.noOp(line, Server.CONTAINER), Sample::processor),
                    ms(results.floor(line), Sample::processor),
                    ratio(yardstick, results.floor(line), Sample::processor),
                    ms(ours, Sample::client),
                    ms(yardstick, Sample::client)));
        }
        results.encoding().ifPresent(sample -> lines.add(inProcess("encoding 100,000 rows in one go", sample)));
        results.ordering().ifPresent(sample -> lines.add(inProcess("putting 100,000 rows in order", sample)));
        return lines;
    }

    private static String inProcess(String title, Sample sample) {
        return row(title, "", "", "", Figures.ms(sample.processor()), "", "", "", "", "", "");
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String ms(Optional<Sample> sample, ToDoubleFunction<Sample> figure) {
        return sample.map(it -> Figures.ms(figure.applyAsDouble(it))).orElse("–");
    }

    private static String ratio(Optional<Sample> above, Optional<Sample> below, ToDoubleFunction<Sample> figure) {
        return above.flatMap(a -> below.map(b -> Figures.ratio(figure.applyAsDouble(a) / figure.applyAsDouble(b))))
                .orElse("–");
    }
}
