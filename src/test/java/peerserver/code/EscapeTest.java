package peerserver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static peerserver.code.ServedForEscape.CONFINED;
import static peerserver.code.ServedForEscape.TRUSTED;

import clojure.lang.Keyword;
import clojure.lang.RT;
import clojure.lang.Symbol;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.op.Failures;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.wire.EdnCodec;
import peerserver.wire.Keys;

/**
 * Attempts to have the server run code. With a confined key each is refused and leaves no mark; with a trusted key those
 * that are said to leave one do, so that they prove something.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EscapeTest {

    private static final int FEWEST_ATTEMPTS = 200;

    private static final String SYMBOLS =
            "{:db/ident :y/symbol :db/valueType :db.type/symbol :db/cardinality :db.cardinality/one}"
                    + " {:db/ident :y/symbols :db/valueType :db.type/symbol :db/cardinality :db.cardinality/many}";

    private final List<Attempt> attempts = attempts();
    private final Map<EscapeEngine, ServedForEscape> served = new EnumMap<>(EscapeEngine.class);
    private final Path directory;

    EscapeTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static List<Attempt> attempts() {
        try (InputStream in = EscapeTest.class.getResourceAsStream("/escape/attempts.edn")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return ((List<?>) EdnCodec.readString(text))
                    .stream().filter(Map.class::isInstance).map(Attempt::of).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    void serve() {
        // The engines find there which functions are allowed in :xform, and the check does not.
        URL extensions = Objects.requireNonNull(EscapeTest.class.getResource("/escape/extensions/"));
        Thread.currentThread()
                .setContextClassLoader(new URLClassLoader(new URL[] {extensions}, EscapeTest.class.getClassLoader()));
        for (EscapeEngine engine : EscapeEngine.values()) {
            served.put(engine, new ServedForEscape(engine, directory));
        }
    }

    @AfterAll
    void close() {
        served.values().forEach(ServedForEscape::close);
        Thread.currentThread().setContextClassLoader(EscapeTest.class.getClassLoader());
        Marks.clear();
    }

    private ServedForEscape served(EscapeEngine engine) {
        return Objects.requireNonNull(served.get(engine));
    }

    @TestFactory
    Stream<DynamicNode> withAConfinedKeyEachIsRefusedAndLeavesNoMark() {
        return tests(this::isRefused);
    }

    private void isRefused(EscapeEngine engine, Attempt attempt) {
        Marks.clear();
        Anomaly refusal = served(engine).refusal(CONFINED, attempt);
        assertThat(Marks.left()).as("mark left").isFalse();
        assertThat(refusal == null ? null : refusal.category())
                .as("%s", refusal)
                .isEqualTo(attempt.refusedAs());
    }

    @TestFactory
    Stream<DynamicNode> withATrustedKeyItLeavesAMarkWhereTheListSaysSo() {
        return tests(this::leavesMark);
    }

    private void leavesMark(EscapeEngine engine, Attempt attempt) {
        Marks.clear();
        if (attempt.transacts()) {
            try (ServedForEscape changed = new ServedForEscape(engine, directory)) {
                Marks.clear();
                changed.refusal(TRUSTED, attempt);
            }
        } else {
            served(engine).refusal(TRUSTED, attempt);
        }
        assertThat(Marks.left()).as("mark left").isEqualTo(attempt.leavesMark(engine));
    }

    /** A token tells what to run, and its owner could have sealed it. */
    @ParameterizedTest
    @EnumSource
    void whatATokenTellsIsCheckedLikeAFreshRequest(EscapeEngine engine) {
        ServedForEscape house = served(engine);
        Map<Keyword, Object> first = house.answer(TRUSTED, EdnCodec.readString("""
                {:op :q :chunk 1 :args [{:database-id "%s"}]
                 :query [:find ?x :where [?x :x/id] [(escape.marks/hit ?x)]]}""".formatted(house.id())));
        Object next = RT.map(
                Keys.OP,
                Keyword.intern("next"),
                Keys.NEXT_TOKEN,
                Objects.requireNonNull(first.get(Keys.NEXT_TOKEN)),
                Keys.OFFSET,
                1L);
        house.forget();
        Marks.clear();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> house.answer(CONFINED, next))
                .satisfies(e -> assertThat(Failures.anomaly(e).category()).isEqualTo(Category.FORBIDDEN));
        assertThat(Marks.left()).as("mark left").isFalse();

        assertThat(house.answer(TRUSTED, next)).containsKey(Keys.DATA);
        assertThat(Marks.left()).as("mark left").isTrue();
    }

    /** Whoever gave it: a name that stands for an entity which engines take for an attribute of code is none. */
    @ParameterizedTest
    @CsvSource({
        "PEER_LIBRARY, :my/alias",
        "PEER_LIBRARY, :my/_alias",
        "PEER_LIBRARY, :_alias",
        "LOCAL, :my/alias",
        "LOCAL, :my/_alias",
        "LOCAL, :_alias"
    })
    void whatHasTheLowerHalfOfTheIdOfAnAttributeOfCodeIsNoAttribute(EscapeEngine engine, String alias) {
        try (ServedForEscape house = new ServedForEscape(engine, directory)) {
            Attempt naming = attempt("{:transact [[[:db/add PREDS-AND-MANY-TURNS :db/ident " + alias + "]]]}");
            assertThat(house.refusal(TRUSTED, naming)).isNull();
            isNoAttribute(house, alias);
        }
    }

    private void isNoAttribute(ServedForEscape house, String alias) {
        String name = alias.substring(1);
        String reverse = name.contains("/") ? ":" + name.replace("/", "/_") : ":_" + name;
        String nested = "{:db/id \"n\" :x/ref {:db/id :x/n ATTRIBUTE escape.marks/hit}}";
        for (String attribute : List.of(alias, "\"" + alias + "\"", name, "[:db/ident " + alias + "]")) {
            for (String use : List.of(
                    "[:db/add :x/n ATTRIBUTE escape.marks/hit]",
                    "{:db/id :x/n ATTRIBUTE [escape.marks/hit]}",
                    nested,
                    "[:db/cas :x/n ATTRIBUTE nil escape.marks/hit]",
                    "{:db/id escape.marks/hit " + reverse + " :x/n}",
                    "{:db/id :x/n " + reverse + " escape.marks/hit}",
                    "[:db/add escape.marks/hit " + reverse + " :x/n]")) {
                Attempt attempt = attempt("{:transact [[" + use.replace("ATTRIBUTE", attribute) + "] [{:x/n 5}]]}");
                Marks.clear();
                assertThat(house.refusal(CONFINED, attempt)).as(attempt.name()).isNotNull();
                assertThat(Marks.left()).as("mark left by %s", attempt.name()).isFalse();
            }
        }
        house.refusal(TRUSTED, attempt("{:transact [[[:db/add :x/n " + alias + " escape.marks/hit]] [{:x/n 5}]]}"));
        assertThat(Marks.left()).as("mark left").isTrue();
    }

    /** Datomic Local counts its transactions from near nought, so one of the first has such an id. */
    @ParameterizedTest
    @ValueSource(strings = {":my/alias", ":my/_alias"})
    void aTransactionIsNoAttribute(String alias) {
        try (ServedForEscape house = new ServedForEscape(EscapeEngine.LOCAL, directory)) {
            long preds = (Long) Objects.requireNonNull(house.entities().valAt(Symbol.intern("ENTITY-OF-PREDS")));
            String before = "[] ".repeat((int) (preds - house.t() - 1));
            Attempt naming = attempt("{:with [" + before + "[{:db/id \"datomic.tx\" :db/ident " + alias + "}]]}");
            assertThat(house.refusal(CONFINED, naming))
                    .satisfies(refusal -> assertThat(refusal.category()).isEqualTo(Category.FORBIDDEN));

            assertThat(house.refusal(TRUSTED, attempt(naming.name().replace(":with", ":transact"))))
                    .isNull();
            isNoAttribute(house, alias);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{:with [[{:x/n PREDS-AND-MANY-TURNS}]]}",
                "{:with [[[:db/add \"t\" :x/n PREDS-LESS-A-TURN]]]}",
                "{:with [[[:db/add 0 :x/s \"the partition\"] {:db/id 10 :x/s \"an attribute\"}]]}",
                "{:with [[{:x/n ENTITY-OF-PREDS :x/s \"a\"}]]}",
                "{:with [[{:x/u {:db/id :x/n} :x/id \"c\"}]]}",
                "{:with [[{:db/id ENTITY-OF-B :u {:x/id \"c\"}}] [{:x/id \"d\" :_u ENTITY-OF-B}]]}",
                "{:with [[" + SYMBOLS + "] [{:y/symbol load-string} [:db/add \"t\" :y/symbol eval]]]}",
                "{:with [[" + SYMBOLS + "] [{:db/id \"t\" :y/symbols [a b/c]} (:db/add \"t\" :y/symbols d)]]}",
                "{:with [[" + SYMBOLS + "] [{:x/id \"c\" :x/ref {:y/symbol d :y/symbols #{e f} :x/n 1}}]]}",
                "{:with [[" + SYMBOLS + "] [[:db/cas ENTITY-OF-B [:db/ident :y/symbol] nil a]]"
                        + " [[:db/cas ENTITY-OF-B :y/symbol a b] {:db/id \"t\" :y/symbol c :db/ident :x/t}]]}",
                "{:transact [[[:db/add \"datomic.tx\" :x/id \"this\"] {:db/id \"t\" :db/ident :x/u2}]]}"
            })
    void numbersAndSymbolsAreValuesLikeOthers(String attempt) {
        for (EscapeEngine engine : EscapeEngine.values()) {
            assertThat(served(engine).refusal(CONFINED, attempt(attempt)))
                    .as("on %s", engine)
                    .isNull();
        }
    }

    private static Attempt attempt(String text) {
        return Attempt.of(EdnCodec.readString(text));
    }

    private interface Check {
        void of(EscapeEngine engine, Attempt attempt);
    }

    private Stream<DynamicNode> tests(Check check) {
        List<DynamicNode> engines = new ArrayList<>();
        for (EscapeEngine engine : EscapeEngine.values()) {
            engines.add(dynamicContainer(
                    engine.name(),
                    attempts.stream().map(attempt -> dynamicTest(attempt.name(), () -> check.of(engine, attempt)))));
        }
        return engines.stream();
    }

    @Test
    void thereAreManyAndNearlyAllProveSomething() {
        assertThat(attempts.stream().map(Attempt::name)).doesNotHaveDuplicates();
        for (EscapeEngine engine : EscapeEngine.values()) {
            assertThat(attempts.stream().filter(attempt -> attempt.leavesMark(engine)))
                    .as("attempts that leave a mark on %s with a trusted key", engine)
                    .hasSizeGreaterThanOrEqualTo(FEWEST_ATTEMPTS);
        }
    }
}
