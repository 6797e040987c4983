package peerserver.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import peerserver.conformance.AccessKey;
import peerserver.conformance.Clj;
import peerserver.histories.Cells.Verdict;
import peerserver.histories.RoughWay.Fate;

/** What many clients do at once on a rough way to one server, with one engine behind it, is as Datomic guarantees. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(3_600)
abstract class HistoriesOfClients {

    static final Duration TIME = Duration.ofMillis(Long.getLong("peerserver.histories.ms", 3_000));
    private static final int ROUNDS = Integer.getInteger("peerserver.histories.rounds", 1);
    private static final long SEED = Long.getLong("peerserver.histories.seed", 20261128);
    private static final int CONNECTIONS = 8;
    private static final int PROCESSES = 24;

    private final AtomicLong rounds = new AtomicLong();

    abstract int port();

    abstract AccessKey key();

    abstract String database();

    /** The same engine in this process. */
    abstract Engine inProcess();

    /** What happens while clients work. */
    interface Course {
        void run(RoughWay way) throws Exception;
    }

    private Client direct() {
        return Client.connect(0, port(), key(), database());
    }

    private List<Client> clients(RoughWay way) {
        return IntStream.rangeClosed(1, CONNECTIONS)
                .mapToObj(number -> Client.connect(number, way.port(), key(), database()))
                .toList();
    }

    @Test
    void listsAreAppendedToInOneOrderThatEveryReadingSees() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            appendToLists(true, way -> Thread.sleep(TIME.toMillis()));
        }
    }

    /**
     * Has processes work on lists, and checks what they did.
     *
     * @param sendsAgain whether transactions may be sent again under their id, which the server loses when it is killed
     */
    final void appendToLists(boolean sendsAgain, Course course) throws Exception {
        long seed = SEED + rounds.incrementAndGet();
        Lists lists = new Lists("lists-" + UUID.randomUUID());
        ListHistory history = new ListHistory();
        Client before = direct();
        lists.create(before);
        long start = Clj.number(before.newest(), "t") + 1;
        try (RoughWay way = RoughWay.to(port(), seed)) {
            List<Client> clients = clients(way);
            disturbed(way, course, processes -> {
                for (int i = 0; i < PROCESSES; i++) {
                    Client client = clients.get(i % CONNECTIONS);
                    processes.start(new ListProcess(i, client, lists, history, processes::goOn, sendsAgain, seed));
                }
            });
        }
        Client after = direct();
        long invoked = history.now();
        Object db = after.sync(history.acknowledged());
        history.add(new Reading(
                0,
                invoked,
                history.now(),
                true,
                history.acknowledged(),
                Clj.number(db, "t"),
                lists.read(db, lists.all()).orElseThrow()));
        List<LoggedTransaction> log = lists.log(after, start);

        System.out.printf(
                "lists: %d readings, %d made, %d refused, %d unknown, %d in the log%n",
                history.readings().size(),
                history.count(Outcome.MADE),
                history.count(Outcome.REFUSED),
                history.count(Outcome.UNKNOWN),
                log.size());
        assertThat(history.count(Outcome.MADE)).isPositive();
        assertThat(ListChecker.violations(history, log)).isEmpty();
    }

    /** What processes there are. */
    private interface Start {
        void in(Processes processes);
    }

    private static void disturbed(RoughWay way, Course course, Start start) throws Exception {
        way.becomeRough(true);
        try (Processes processes = new Processes()) {
            start.in(processes);
            try {
                course.run(way);
            } finally {
                way.becomeRough(false);
            }
        }
        System.out.printf(
                "way: %d reset, %d cut, %d late, %d passed%n",
                way.count(Fate.RESET), way.count(Fate.CUT), way.count(Fate.LATE), way.count(Fate.PASSED));
        assertThat(way.count(Fate.RESET) + way.count(Fate.CUT)).isPositive();
    }

    @Test
    void anIdentityHasOneEntityAndATempidWithoutOneItsOwn() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            createEntities(true, way -> Thread.sleep(TIME.toMillis()));
        }
    }

    /** Has processes create entities, and checks what is there. */
    final void createEntities(boolean sendsAgain, Course course) throws Exception {
        long seed = SEED + rounds.incrementAndGet();
        Identities identities = new Identities(UUID.randomUUID().toString());
        identities.install(direct());
        try (RoughWay way = RoughWay.to(port(), seed)) {
            List<Client> clients = clients(way);
            disturbed(way, course, processes -> {
                for (int i = 0; i < PROCESSES; i++) {
                    Client client = clients.get(i % CONNECTIONS);
                    processes.start(identities.process(i, client, processes::goOn, sendsAgain, seed));
                }
            });
        }
        CreatedEntities found = identities.found(direct());

        System.out.printf(
                "identities: %d calls, %d unknown, %d entities%n",
                identities.creations().size(),
                identities.creations().stream()
                        .filter(creation -> creation.outcome() == Outcome.UNKNOWN)
                        .count(),
                found.own().size());
        assertThat(found.own()).isNotEmpty();
        assertThat(IdentityChecker.violations(identities.creations(), found)).isEmpty();
    }

    /** The parts of a transaction are a set: none sees another, and whether they agree is the same for everybody. */
    @Test
    void aTransactionIsJudgedAsInProcessAndSeenAsAWhole() throws Exception {
        Engine inProcess = inProcess();
        Cells.install(inProcess);
        List<Verdict> right = verdicts(inProcess, "in-process");
        Engine engine = Engine.of(direct());
        Cells.install(engine);
        String run = UUID.randomUUID().toString();
        Cells.create(engine, run);
        try (Processes processes = new Processes()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                String own = run + "-" + i;
                Engine judging = Engine.of(Client.connect(i, port(), key(), database()));
                Engine raising = Engine.of(Client.connect(i, port(), key(), database()));
                processes.start(() -> {
                    for (int time = 0; processes.goOn(); time++) {
                        assertThat(verdicts(judging, own + "-" + time)).isEqualTo(right);
                    }
                    return null;
                });
                processes.start(() -> {
                    while (processes.goOn()) {
                        List<Object> numbers = Cells.numbers(raising, run).get(0);
                        assertThat(numbers.get(0)).isEqualTo(numbers.get(1));
                        raising.refusal(Cells.raise(run, (long) numbers.get(0)));
                    }
                    return null;
                });
            }
            Thread.sleep(TIME.toMillis() / 2);
        }
        assertThat((long) Cells.numbers(engine, run).get(0).get(0)).isPositive();
    }

    private static List<Verdict> verdicts(Engine engine, String run) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < Cells.TRANSACTIONS.size(); i++) {
            verdicts.add(Cells.verdict(engine, Cells.TRANSACTIONS.get(i), run + "-" + i));
        }
        return verdicts;
    }
}
