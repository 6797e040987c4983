package peerserver.bench.load;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is measured: a line of the tables. */
enum Line {
    NO_OP("no-op", 1, Role.REFERENCE, (subject, number) -> subject.noOp()),
    NO_OP_16("no-op, 16 in parallel", 16, Role.REFERENCE, (subject, number) -> subject.noOp()),
    PULL("pull", 1, Role.JUDGED, Subject::pull),
    PULL_16("pull, 16 in parallel", 16, Role.JUDGED, Subject::pull),
    Q_1("q, one row", 1, Role.JUDGED, Subject::queryOne),
    Q_1_16("q, one row, 16 in parallel", 16, Role.JUDGED, Subject::queryOne),
    Q_1000("q, 1,000 rows", 1, Role.JUDGED, (subject, number) -> subject.queryBucket(number % Items.BUCKETS)),
    Q_100000("q, 100,000 rows", 1, Role.JUDGED, (subject, number) -> subject.queryAll()),
    DATOMS("100,000 datoms", 1, Role.JUDGED, (subject, number) -> subject.datoms()),
    TRANSACT("transact", 1, Role.JUDGED, Subject::transact);

    /** Whether a line is there to be judged, or to explain others. */
    private enum Role {
        JUDGED,
        REFERENCE
    }

    /** One call of a line. */
    interface Call {
        Object on(Subject subject, int number);
    }

    private final String title;
    private final int threads;
    private final Role role;
    private final Call call;

    Line(String title, int threads, Role role, Call call) {
        this.title = title;
        this.threads = threads;
        this.role = role;
        this.call = call;
    }

    /** The name in {@code -Dbench.lines}, for example {@code pull-16}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The line of an {@link #id}. */
    static Line called(String id) {
        return Stream.of(values())
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no line " + id + " among "
                        + Stream.of(values()).map(Line::id).toList()));
    }

    String title() {
        return title;
    }

    int threads() {
        return threads;
    }

    /** How many requests a call makes, of as many rows as the client asks for at a time by itself. */
    int requests() {
        return this == Q_100000 || this == DATOMS ? Items.COUNT / 1_000 : 1;
    }

    boolean parallel() {
        return threads > 1;
    }

    boolean judged() {
        return role == Role.JUDGED;
    }

    Call call() {
        return call;
    }

    /** The same calls, one after the other. */
    Line alone() {
        return switch (this) {
            case NO_OP_16 -> NO_OP;
            case PULL_16 -> PULL;
            case Q_1_16 -> Q_1;
            default -> this;
        };
    }

    /** The lines that targets are about. */
    static List<Line> allJudged() {
        return List.of(values()).stream().filter(Line::judged).toList();
    }
}
