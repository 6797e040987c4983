package peerserver.histories;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import peerserver.conformance.Clj;

/** One of those who work on the lists: reads, appends to what it read, sends again, reads again, one after the other. */
final class ListProcess implements Callable<Void> {

    private static final int OLD_VALUES = 20;
    private static final int ATTEMPTS = 3;

    private final String name;
    private final Client client;
    private final Lists lists;
    private final ListHistory history;
    private final BooleanSupplier goesOn;
    private final boolean sendsAgain;
    private final Random random;
    private final List<Object> oldValues = new ArrayList<>();
    private long count;

    /**
     * @param number its number, unlike that of all other processes of the run
     * @param sendsAgain whether a transaction may be sent again under its id, which one and the same server has to know
     */
    ListProcess(
            int number,
            Client client,
            Lists lists,
            ListHistory history,
            BooleanSupplier goesOn,
            boolean sendsAgain,
            long seed) {
        this.name = "p" + number + "-";
        this.client = client;
        this.lists = lists;
        this.history = history;
        this.goesOn = goesOn;
        this.sendsAgain = sendsAgain;
        this.random = new Random(seed + number);
    }

    @Override
    public Void call() throws InterruptedException {
        while (goesOn.getAsBoolean()) {
            switch (random.nextInt(10)) {
                case 0 -> readOld();
                case 1, 2 -> read(some(lists.all()), history.acknowledged());
                case 3, 4 -> read(some(lists.all()), 0);
                default -> append();
            }
        }
        return null;
    }

    /** A few of several, in any order. */
    private List<String> some(List<String> all) {
        List<String> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, 1 + random.nextInt(3));
    }

    private Optional<Reading> read(List<String> some, long atLeast) {
        long invoked = history.now();
        return Client.attempt(() -> atLeast == 0 ? client.newest() : client.sync(atLeast))
                .flatMap(db -> {
                    oldValues.add(db);
                    if (oldValues.size() > OLD_VALUES) {
                        oldValues.remove(random.nextInt(OLD_VALUES));
                    }
                    return read(db, some, invoked, true, atLeast);
                });
    }

    private void readOld() {
        if (!oldValues.isEmpty()) {
            Object db = oldValues.get(random.nextInt(oldValues.size()));
            read(db, some(lists.all()), history.now(), false, 0);
        }
    }

    private Optional<Reading> read(Object db, List<String> some, long invoked, boolean newest, long atLeast) {
        Optional<Reading> reading = lists.read(db, some)
                .map(found -> new Reading(
                        client.number(), invoked, history.now(), newest, atLeast, Clj.number(db, "t"), found));
        reading.ifPresent(history::add);
        return reading;
    }

    /** Appends to what it has just read, each list once; guarded lists only as they were read. */
    private void append() throws InterruptedException {
        Optional<Reading> reading = read(some(lists.all()), 0);
        if (reading.isEmpty()) {
            return;
        }
        String transaction = name + count++;
        Map<String, String> elements = new HashMap<>();
        Map<String, List<String>> guards = new HashMap<>();
        reading.get().lists().forEach((list, found) -> {
            if (!lists.isGuarded(list)) {
                elements.put(list, transaction);
            } else if (Lists.hasRoom(found)) {
                elements.put(list, transaction);
                guards.put(list, found);
            }
        });
        UUID id = UUID.randomUUID();
        Answer answer = append(transaction, id, elements, guards);
        boolean again = sendsAgain && (answer.outcome() == Outcome.UNKNOWN || random.nextInt(10) == 0);
        for (int attempt = 1; again && attempt < ATTEMPTS; attempt++) {
            again = append(transaction, id, elements, guards).outcome() == Outcome.UNKNOWN;
        }
        if (answer.made()) {
            read(Clj.get(answer.report(), "db-after"), List.copyOf(elements.keySet()), history.now(), false, 0);
        } else if (answer.outcome() == Outcome.UNKNOWN) {
            Thread.sleep(50);
        }
    }

    private Answer append(String transaction, UUID id, Map<String, String> elements, Map<String, List<String>> guards) {
        long invoked = history.now();
        Answer answer = client.transact(Lists.append(transaction, elements, guards), id);
        history.add(new Appending(
                transaction,
                client.number(),
                invoked,
                history.now(),
                elements,
                guards,
                answer.outcome(),
                answer.made() ? answer.t() : 0));
        return answer;
    }
}
