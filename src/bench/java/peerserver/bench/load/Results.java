package peerserver.bench.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that was measured, by line and subject. */
final class Results {

    /** The subject in process. */
    static final String ENGINE = "in process";

    private final Map<Line, Map<String, List<Sample>>> samples = new EnumMap<>(Line.class);
    private final List<Sample> encoding = new ArrayList<>();
    private final List<Sample> ordering = new ArrayList<>();

    void add(Line line, Subject subject, Sample sample) {
        list(line, subject.name()).add(sample);
    }

    void addAll(Results more) {
        more.samples.forEach((line, bySubject) ->
                bySubject.forEach((subject, list) -> list(line, subject).addAll(list)));
        encoding.addAll(more.encoding);
        ordering.addAll(more.ordering);
    }

    /** A sample of encoding 100,000 rows in one go. */
    void addEncoding(Sample sample) {
        encoding.add(sample);
    }

    /** A sample of putting 100,000 rows in order. */
    void addOrdering(Sample sample) {
        ordering.add(sample);
    }

    /** The median of the rounds, if the line was measured on the subject. */
    Optional<Sample> of(Line line, String subject) {
        return Optional.ofNullable(samples.getOrDefault(line, Map.of()).get(subject))
                .map(Sample::median);
    }

    Optional<Sample> encoding() {
        return encoding.isEmpty() ? Optional.empty() : Optional.of(Sample.median(encoding));
    }

    Optional<Sample> ordering() {
        return ordering.isEmpty() ? Optional.empty() : Optional.of(Sample.median(ordering));
    }

    /** What the engine alone needs for a call of the line. */
    Optional<Sample> engine(Line line) {
        return of(line.alone(), ENGINE);
    }

    /** What a call costs that does nothing, made in the same way. */
    Optional<Sample> noOp(Line line, String subject) {
        return of(line.parallel() ? Line.NO_OP_16 : Line.NO_OP, subject);
    }

    /** What a call costs if all that is neither container nor engine costs nothing. */
    Optional<Sample> floor(Line line) {
        return of(line, Server.CONTAINER);
    }

    private List<Sample> list(Line line, String subject) {
        return samples.computeIfAbsent(line, key -> new HashMap<>()).computeIfAbsent(subject, key -> new ArrayList<>());
    }
}
