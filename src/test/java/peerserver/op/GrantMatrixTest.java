package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peerserver.chunk.Forger;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.wire.Keys;

/**
 * Every operation under every grant, with every kind of token: what each may do, and what everybody else hears. An
 * operation that is added does not compile here until it has its rows.
 */
class GrantMatrixTest {

    /** How a key may be given the database orders, and how it may be not. */
    private static final List<List<String>> SEEING = List.of(List.of("orders"), List.of("ord*"), List.of("*"));

    private static final List<List<String>> BLIND =
            List.of(List.of(), List.of("staff"), List.of("order"), List.of("o"));

    private static final Caller OTHER = House.caller("other", EnumSet.allOf(Right.class), "*");

    private final House house = new House();

    /** What a request needs, beyond being in order. */
    private enum Need {
        READ,
        WRITE,
        ADMIN,
        /** Nothing, and it yields what the key may see. */
        NOTHING,
        /** More than anybody has. */
        MORE
    }

    private static Need need(Operation operation) {
        return switch (operation) {
            case RESOLVE_DB,
                    STATUS,
                    Q,
                    PULL,
                    INDEX_PULL,
                    DATOMS,
                    INDEX_RANGE,
                    TX_RANGE,
                    DB_STATS,
                    WITH_DB,
                    WITH,
                    NEXT -> Need.READ;
            case TRANSACT -> Need.WRITE;
            case ADMINISTER_SYSTEM -> Need.ADMIN;
            case LIST_DBS -> Need.NOTHING;
            case CREATE_DB, DELETE_DB -> Need.MORE;
        };
    }

    /** Requests for the operation on a database, without tokens, in all the ways in which it may be named. */
    private static List<Map<?, ?>> fresh(Operation operation, String database) {
        String byId = ":database-id '" + database + "-id'";
        String byName = ":db-name '" + database + "'";
        return switch (operation) {
            case RESOLVE_DB -> requests("{:op :datomic.catalog/resolve-db %s}", byName);
            case LIST_DBS -> requests("{:op :datomic.catalog/list-dbs}");
            case CREATE_DB -> requests("{:op :datomic.catalog/create-db %s}", byName);
            case DELETE_DB -> requests("{:op :datomic.catalog/delete-db %s}", byName);
            case ADMINISTER_SYSTEM ->
                requests("{:op :datomic.catalog/administer-system :action :upgrade-schema %s}", byName);
            case STATUS -> requests("{:op :status %s}", byId, byName);
            case TRANSACT -> requests("{:op :transact :tx-data [] %s}", byId, byName);
            // A query's databases are named by their ids alone.
            case Q -> {
                List<Map<?, ?>> all = new ArrayList<>(
                        requests("{:op :q :query '[:find ?e :where [?e]]' :args [{%s}] :chunk 2}", byId));
                all.addAll(requests("{:op :q :query '[:find ?e :in ?x $ :where [?e]]' :args [1 {%s}] :chunk 2}", byId));
                yield all;
            }
            case PULL -> requests("{:op :pull :selector '[*]' :eid 1 %s}", byId, byName);
            case INDEX_PULL ->
                requests("{:op :index-pull :index :avet :selector '[*]' :start [:a] :chunk 2 %s}", byId, byName);
            case DATOMS -> requests("{:op :datoms :index :eavt :chunk 2 %s}", byId, byName);
            case INDEX_RANGE -> requests("{:op :index-range :attrid :a :chunk 2 %s}", byId, byName);
            case TX_RANGE -> requests("{:op :tx-range :chunk 2 %s}", byId, byName);
            case DB_STATS -> requests("{:op :db-stats %s}", byId, byName);
            case WITH_DB -> requests("{:op :with-db %s}", byId, byName);
            // Both are nothing without a token.
            case WITH, NEXT -> List.of();
        };
    }

    private static List<Map<?, ?>> requests(String pattern, String... databases) {
        List<Map<?, ?>> requests = new ArrayList<>();
        for (String database : databases.length == 0 ? new String[] {""} : databases) {
            requests.add(House.request(pattern.replace("%s", database)));
        }
        return requests;
    }

    /** Requests for the operation that bring tokens of that caller, made while it could see the database. */
    private List<Map<?, ?>> withTokens(Operation operation, String database, Caller caller) {
        Caller powerful = new Caller(caller.name(), OTHER.grants(), caller.tokenKeys());
        return switch (operation) {
            case NEXT -> {
                List<Map<?, ?>> all = new ArrayList<>();
                for (Operation begun : List.of(
                        Operation.Q,
                        Operation.INDEX_PULL,
                        Operation.DATOMS,
                        Operation.INDEX_RANGE,
                        Operation.TX_RANGE)) {
                    fresh(begun, database).forEach(request -> all.add(House.next(house.answer(powerful, request))));
                }
                yield all;
            }
            case WITH -> {
                List<Map<?, ?>> all = new ArrayList<>();
                for (String handle : handles(database, powerful)) {
                    all.add(plus(House.request("{:op :with :tx-data [] :database-id '" + database + "-id'}"), handle));
                    all.add(plus(House.request("{:op :with :tx-data [] :db-name '" + database + "'}"), handle));
                }
                yield all;
            }
            case Q ->
                handles(database, powerful).stream()
                        .<Map<?, ?>>map(
                                handle -> House.request("{:op :q :query '[:find ?e :where [?e]]' :args [{:database-id '"
                                        + database + "-id' :next-token '" + handle + "'}]}"))
                        .toList();
            case PULL, INDEX_PULL, DATOMS, INDEX_RANGE, DB_STATS ->
                handles(database, powerful).stream()
                        .<Map<?, ?>>map(
                                handle -> plus(fresh(operation, database).get(0), handle))
                        .toList();
            default -> List.of();
        };
    }

    /** The handle of a value as it stands, and that of a speculative one. */
    private List<String> handles(String database, Caller caller) {
        String durable =
                token(house.answer(caller, House.request("{:op :with-db :database-id '" + database + "-id'}")));
        Map<Keyword, Object> with = house.answer(
                caller, plus(House.request("{:op :with :tx-data [] :database-id '" + database + "-id'}"), durable));
        return List.of(durable, token((Map<?, ?>) Objects.requireNonNull(with.get(Keys.DB_AFTER))));
    }

    private static String token(Map<?, ?> answer) {
        return (String) Objects.requireNonNull(answer.get(Keys.NEXT_TOKEN));
    }

    private static Map<?, ?> plus(Map<?, ?> request, String token) {
        Map<Object, Object> more = new HashMap<>(request);
        more.put(Keys.NEXT_TOKEN, token);
        return more;
    }

    /** Every set of rights, none and all among them. */
    private static List<Set<Right>> allRights() {
        List<Set<Right>> all = new ArrayList<>(List.of(Set.of()));
        for (Right right : Right.values()) {
            for (Set<Right> without : List.copyOf(all)) {
                Set<Right> with = EnumSet.of(right);
                with.addAll(without);
                all.add(with);
            }
        }
        return all;
    }

    private static Caller key(Set<Right> rights, List<String> databases) {
        return House.caller("key", rights, databases.toArray(String[]::new));
    }

    private static boolean grants(Need need, Set<Right> rights) {
        return switch (need) {
            case READ -> rights.contains(Right.READ);
            case WRITE -> rights.containsAll(Set.of(Right.READ, Right.WRITE));
            case ADMIN -> rights.containsAll(Set.of(Right.READ, Right.ADMIN));
            case NOTHING -> true;
            case MORE -> false;
        };
    }

    /** What a request that is refused is answered with. */
    private static Category refusal(Need need, boolean sees) {
        if (need == Need.MORE) {
            return Category.UNSUPPORTED;
        }
        return sees ? Category.FORBIDDEN : Category.NOT_FOUND;
    }

    private void assertAnswered(
            Operation operation, Set<Right> rights, List<String> databases, List<Map<?, ?>> requests) {
        Need need = need(operation);
        boolean sees = SEEING.contains(databases) && rights.contains(Right.READ);
        for (Map<?, ?> request : requests) {
            Caller caller = key(rights, databases);
            if (need == Need.NOTHING || (sees && grants(need, rights))) {
                assertThat(house.answer(caller, request))
                        .as("%s on %s: %s", rights, databases, request)
                        .isNotEmpty();
            } else {
                assertThat(house.refusal(caller, request).category())
                        .as("%s on %s: %s", rights, databases, request)
                        .isEqualTo(refusal(need, sees));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFreshRequestIsAnsweredToThoseWithTheGrantAlone(Operation operation) {
        int transacted = house.orders.transacted().size();
        List<Map<?, ?>> requests = fresh(operation, "orders");
        assertThat(requests.isEmpty()).isEqualTo(operation == Operation.WITH || operation == Operation.NEXT);
        for (Set<Right> rights : allRights()) {
            SEEING.forEach(databases -> assertAnswered(operation, rights, databases, requests));
            BLIND.forEach(databases -> assertAnswered(operation, rights, databases, requests));
        }
        int writing = operation == Operation.TRANSACT ? 2 * requests.size() * SEEING.size() : 0;
        assertThat(house.orders.transacted()).hasSize(transacted + writing);
    }

    /** The grant was another when the token was made: it counts as it is when the token comes back. */
    @ParameterizedTest
    @EnumSource
    void aTokenOfOnesOwnIsWorthWhatTheGrantOfTodayIs(Operation operation) {
        List<Map<?, ?>> requests = withTokens(operation, "orders", key(Set.of(), List.of()));
        for (Set<Right> rights : allRights()) {
            SEEING.forEach(databases -> assertAnswered(operation, rights, databases, requests));
            BLIND.forEach(databases -> assertAnswered(operation, rights, databases, requests));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOfAnotherKeyIsOfNoUse(Operation operation) {
        List<Map<?, ?>> requests = withTokens(operation, "orders", OTHER);
        for (Set<Right> rights : allRights()) {
            for (Map<?, ?> request : requests) {
                for (List<String> databases : SEEING) {
                    assertThat(house.refusal(key(rights, databases), request).category())
                            .as("%s on %s: %s", rights, databases, request)
                            .isEqualTo(
                                    rights.contains(Right.READ) || operation == Operation.NEXT
                                            ? Category.INCORRECT
                                            : Category.NOT_FOUND);
                }
                for (List<String> databases : BLIND) {
                    assertThat(house.refusal(key(rights, databases), request).category())
                            .isEqualTo(operation == Operation.NEXT ? Category.INCORRECT : Category.NOT_FOUND);
                }
            }
        }
    }

    /** What another key's token says, sealed anew with the caller's own secret and in the caller's name. */
    @ParameterizedTest
    @EnumSource
    void aForgedTokenIsWorthNoMoreThanAFreshRequest(Operation operation) {
        Forger forger = new Forger(key(Set.of(), List.of()));
        List<Map<?, ?>> forged = withTokens(operation, "staff", OTHER).stream()
                .<Map<?, ?>>map(request -> forged(forger, request))
                .toList();
        for (Set<Right> rights : allRights()) {
            for (Map<?, ?> request : forged) {
                for (String database : List.of("orders", "ord*", "sta")) {
                    assertThat(house.refusal(key(rights, List.of(database)), request)
                                    .category())
                            .as("%s on %s: %s", rights, database, request)
                            .isEqualTo(Category.NOT_FOUND);
                }
            }
        }
    }

    private static Map<?, ?> forged(Forger forger, Map<?, ?> request) {
        Map<Object, Object> forged = new HashMap<>();
        request.forEach((key, value) -> forged.put(
                key, Keys.NEXT_TOKEN.equals(key) ? inNameOf(forger, (String) Objects.requireNonNull(value)) : value));
        if (request.get(Keys.ARGS) instanceof List<?> args) {
            forged.put(
                    Keys.ARGS,
                    args.stream()
                            .map(arg -> arg instanceof Map<?, ?> db ? forged(forger, db) : arg)
                            .toList());
        }
        return forged;
    }

    private static String inNameOf(Forger forger, String token) {
        Map<Object, Object> content = new HashMap<>();
        new Forger(OTHER).content(token).forEach((key, value) -> content.put(key, Objects.requireNonNull(value)));
        content.put(Keyword.intern("owner"), "key");
        return forger.token(content);
    }

    /** Whoever holds a forged handle of a value that another key made finds nothing under it. */
    @ParameterizedTest
    @EnumSource
    void aForgedHandleDoesNotReachWhatIsKeptForAnother(Operation operation) {
        Forger forger = new Forger(key(Set.of(), List.of()));
        String speculative = inNameOf(forger, handles("orders", OTHER).get(1));
        for (Map<?, ?> request : withTokens(operation, "orders", OTHER)) {
            if (operation != Operation.NEXT && operation != Operation.Q) {
                assertThat(house.refusal(key(Set.of(Right.READ), List.of("orders")), plus(request, speculative))
                                .category())
                        .isEqualTo(Category.INCORRECT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatIsHiddenIsDeniedInTheWordsForOneThatIsNot(Operation operation) {
        List<Map<?, ?>> hidden = fresh(operation, "staff");
        List<Map<?, ?>> missing = fresh(operation, "none");
        Caller caller = key(EnumSet.allOf(Right.class), List.of("orders"));
        for (int i = 0; need(operation) != Need.NOTHING && i < hidden.size(); i++) {
            Anomaly denied = house.refusal(caller, hidden.get(i));
            Anomaly unknown = house.refusal(caller, missing.get(i));

            assertThat(denied.category()).isEqualTo(unknown.category());
            assertThat(denied.message().replace("staff", "none")).isEqualTo(unknown.message());
        }
    }
}
