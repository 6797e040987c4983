package peerserver.chaos;

import java.time.Duration;

/**
 * An iteration whose node was lost, and what became of it.
 *
 * @param server what the nodes run on
 * @param front where its client came in
 * @param loss how the node was lost
 * @param moment when
 * @param iteration what was iterated, of which database
 * @param outcome {@code survived}, or what was wrong
 * @param pause the longest that its client waited for a chunk, since the node was lost
 */
record Takeover(
        String server,
        HaProxy.Front front,
        Loss loss,
        Moment moment,
        String iteration,
        String outcome,
        Duration pause) {

    static final String SURVIVED = "survived";

    /** How a node is lost. */
    enum Loss {
        KILL("kill -9"),
        RESET("reset at the proxy");

        private final String label;

        Loss(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** When a node is lost. */
    enum Moment {
        BOUNDARY("between two chunks"),
        MIDDLE("in the middle of an answer");

        private final String label;

        Moment(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    boolean survived() {
        return outcome.equals(SURVIVED);
    }

    /** What is counted together. */
    String kind() {
        return server + " | " + front + " | " + moment + " | " + loss;
    }

    /** A line of a file. */
    String line() {
        return String.join(
                "\t",
                server,
                front.name(),
                loss.name(),
                moment.name(),
                iteration,
                outcome.replaceAll("\\s+", " "),
                Long.toString(pause.toMillis()));
    }

    static Takeover of(String line) {
        String[] parts = line.split("\t", -1);
        return new Takeover(
                parts[0],
                HaProxy.Front.valueOf(parts[1]),
                Loss.valueOf(parts[2]),
                Moment.valueOf(parts[3]),
                parts[4],
                parts[5],
                Duration.ofMillis(Long.parseLong(parts[6])));
    }
}
