package peerserver.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How to measure, from system properties.
 *
 * @param rounds {@code bench.rounds}: how often everything is measured; the tables have the medians
 * @param round {@code bench.round-ms}: how long a line is measured on a subject in a round
 * @param warmUp {@code bench.warm-up-ms}: the processor time that a line is given on a server before the first round
 * @param servers {@code bench.servers}: {@code ours}, {@code yardstick}, {@code container}
 * @param lines {@code bench.lines}: ids of lines
 */
record LoadSettings(int rounds, Duration round, Duration warmUp, List<String> servers, List<Line> lines) {

    private static final int ENOUGH_ROUNDS = 3;

    static LoadSettings fromSystemProperties() {
        int rounds = property("bench.rounds").map(Integer::valueOf).orElse(3);
        long round = property("bench.round-ms").map(Long::valueOf).orElse(rounds < ENOUGH_ROUNDS ? 1_000L : 4_000L);
        long warmUp = property("bench.warm-up-ms").map(Long::valueOf).orElse(rounds < ENOUGH_ROUNDS ? 2_000L : 25_000L);
        return new LoadSettings(
                rounds,
                Duration.ofMillis(round),
                Duration.ofMillis(warmUp),
                list("bench.servers", List.of(Server.OURS, Server.YARDSTICK, Server.CONTAINER)),
                list("bench.lines", Stream.of(Line.values()).map(Line::id).toList()).stream()
                        .map(Line::called)
                        .toList());
    }

    /** Whether what comes out is worth writing down. */
    boolean complete() {
        return rounds >= ENOUGH_ROUNDS && servers.size() == 3 && lines.size() == Line.values().length;
    }

    boolean with(String server) {
        return servers.contains(server);
    }

    private static List<String> list(String name, List<String> otherwise) {
        return property(name).map(value -> List.of(value.split(","))).orElse(otherwise);
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
    }
}
