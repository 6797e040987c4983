package peerserver.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Measures both servers and the engine in process, in turns, so that noise hits all of them alike. */
public final class LoadBench {

    private static final Duration WARM_UP_STEP = Duration.ofMillis(500);

    private final LoadSettings settings;
    private final List<Subject> servers;
    private final EngineSubject engine;
    private final WholeResult all;

    private LoadBench(LoadSettings settings, List<Subject> servers, EngineSubject engine) {
        this.settings = settings;
        this.servers = servers;
        this.engine = engine;
        this.all = new WholeResult(engine.queryAll());
    }

    /** Runs with the settings of the system properties, and gives what came out as Markdown. */
    public static LoadReport run() {
        LoadSettings settings = LoadSettings.fromSystemProperties();
        List<Server> servers = new ArrayList<>();
        Thread atExit = new Thread(() -> servers.forEach(Server::close), "end-servers");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            say("starting " + settings.servers());
            if (settings.with(Server.OURS)) {
                servers.add(Server.ours());
            }
            if (settings.with(Server.YARDSTICK)) {
                servers.add(Server.yardstick());
            }
            if (settings.with(Server.CONTAINER)) {
                servers.add(Server.container());
            }
            return new LoadReport(settings, loaded(settings, servers).measure());
        } finally {
            servers.forEach(Server::close);
        }
    }

    private static LoadBench loaded(LoadSettings settings, List<Server> servers) {
        say("loading " + Items.COUNT + " entities");
        EngineSubject engine = new EngineSubject();
        List<Subject> subjects = servers.stream().map(LoadBench::subject).toList();
        List<ClientSubject> clients = subjects.stream()
                .filter(ClientSubject.class::isInstance)
                .map(ClientSubject.class::cast)
                .toList();
        List<CompletableFuture<Void>> loads = new ArrayList<>();
        loads.add(CompletableFuture.runAsync(engine::load));
        clients.forEach(client -> loads.add(CompletableFuture.runAsync(client::load)));
        loads.forEach(CompletableFuture::join);
        LoadBench bench = new LoadBench(settings, subjects, engine);
        clients.forEach(bench::checkAnswers);
        return bench;
    }

    private static Subject subject(Server server) {
        return server.name().equals(Server.CONTAINER) ? new ContainerSubject(server) : new ClientSubject(server);
    }

    private Results measure() {
        say("warming up");
        // Twice, because what runs later changes what the compilers know about what ran before.
        warmUp();
        warmUp();
        Results results = new Results();
        for (int round = 1; round <= settings.rounds(); round++) {
            say("round " + round + " of " + settings.rounds());
            results.addAll(measure(settings.round(), round % 2 == 0));
        }
        return results;
    }

    /** By processor time and not by the clock, so that servers are equally warm when the machine is busy with other things. */
    private void warmUp() {
        long half = settings.warmUp().dividedBy(2).toNanos();
        for (Line line : settings.lines()) {
            for (Subject server : servers) {
                long end = ProcessorTime.of(server.pid()) + half;
                while (ProcessorTime.of(server.pid()) < end) {
                    Measurement.of(line, server, WARM_UP_STEP);
                }
            }
        }
        measureEngine(settings.warmUp().dividedBy(4), new Results());
    }

    /** A round: each line on each subject. */
    private Results measure(Duration length, boolean backwards) {
        Results results = new Results();
        for (Line line : settings.lines()) {
            List<Subject> subjects = new ArrayList<>(servers);
            if (backwards) {
                Collections.reverse(subjects);
            }
            subjects.forEach(subject -> results.add(line, subject, Measurement.of(line, subject, length)));
        }
        measureEngine(length.dividedBy(2), results);
        return results;
    }

    private void measureEngine(Duration length, Results results) {
        settings.lines().stream()
                .filter(Line::judged)
                .map(Line::alone)
                .distinct()
                .forEach(line -> results.add(line, engine, Measurement.of(line, engine, length)));
        if (settings.lines().contains(Line.Q_100000)) {
            results.addEncoding(Measurement.of(number -> all.encode(), 1, engine.pid(), length));
            results.addOrdering(Measurement.of(number -> all.order(), 1, engine.pid(), length));
        }
    }

    /** A server that answers something else is not worth measuring. */
    private void checkAnswers(ClientSubject client) {
        int item = Items.COUNT - 1;
        check(client, Line.PULL, client.pull(item), engine.pull(item));
        check(client, Line.Q_1, set(client.queryOne(item)), set(engine.queryOne(item)));
        check(client, Line.Q_1000, set(client.queryBucket(7)), set(engine.queryBucket(7)));
        check(client, Line.Q_100000, set(client.queryAll()), set(all.rows()));
        check(client, Line.DATOMS, client.datoms(), engine.datoms());
    }

    private static void check(Subject subject, Line line, Object answer, Object expected) {
        if (!answer.equals(expected)) {
            throw new IllegalStateException(subject.name() + " answers " + line.id() + " differently: " + brief(answer)
                    + ", not " + brief(expected));
        }
    }

    private static String brief(Object answer) {
        String text = answer.toString();
        return text.length() <= 500 ? text : text.substring(0, 500) + '…';
    }

    private static Object set(Object rows) {
        return new HashSet<>((Collection<?>) rows);
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
