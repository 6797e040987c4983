package peerserver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static peerserver.conformance.RealClient.api;

import clojure.lang.ExceptionInfo;
import clojure.lang.Keyword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.conformance.AccessKey;
import peerserver.conformance.Clj;
import peerserver.conformance.RealClient;
import peerserver.launch.PeerServerProcess;

/** The real client with a confined and with a trusted key, and what operators allow, on a server of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EscapeIT {

    private static final AccessKey CONFINED = new AccessKey("confined", "secret");
    private static final AccessKey TRUSTED = AccessKey.trusted("trusted", "secret");
    private static final Keyword CATEGORY = Keyword.intern("cognitect.anomalies", "category");

    private final Path directory;
    private final Path mark;
    private PeerServerProcess server;
    private Object confined;
    private Object trusted;

    EscapeIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.mark = directory.resolve("mark");
        List<String> args = new ArrayList<>(PeerServerProcess.keys(List.of(CONFINED, TRUSTED)));
        args.addAll(List.of("-d", "hello,datomic:mem://hello"));
        server = PeerServerProcess.start(
                Map.of(
                        "JAVA_OPTS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dpeerserver.code.allowed=my.app/half,.split,my.app/data"
                                + " -Xbootclasspath/a:" + functions()),
                args);
        confined = connection(CONFINED);
        trusted = connection(TRUSTED);
    }

    /** What operators put beside the WAR: functions, and which of them serve in {@code :xform}. */
    private Path functions() throws IOException {
        Path functions = directory.resolve("functions");
        Files.createDirectories(functions.resolve("my"));
        Files.createDirectories(functions.resolve("datomic"));
        Files.writeString(functions.resolve("my/app.clj"), """
                (ns my.app)
                (defn half [n] (/ n 2))
                (defn shorten [text] (subs text 0 2))
                (defn data [db n] [{:x/n n}])
                """);
        Files.writeString(functions.resolve("datomic/extensions.edn"), "{:xforms [my.app/shorten]}");
        return functions;
    }

    private Object connection(AccessKey key) {
        return new RealClient("localhost:" + server.port(), key)
                .connect("hello")
                .it();
    }

    @BeforeAll
    void install() {
        transact(
                confined,
                "[{:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}"
                        + " {:db/ident :x/s :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]");
        transact(confined, "[{:x/n 4 :x/s \"some words\"}]");
    }

    @AfterAll
    void stop() {
        server.stop();
    }

    private static Object transact(Object connection, String data) {
        return api("transact").invoke(connection, Clj.mapOf("tx-data", Clj.edn(data)));
    }

    private static List<Object> query(Object connection, String query) {
        Object db = api("sync").invoke(connection, 1001L);
        return Clj.list(api("q").invoke(Clj.edn(query), db));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[:find ?x :where [(spit \"MARK\" \"x\") ?n] [(ground 1) ?x]]",
                "[:find ?x :where [(ground \"MARK\") ?f] [(spit ?f \"x\")] [(ground 1) ?x]]",
                "[:find ?x :where [(load-string \"(spit \\\"MARK\\\" 1)\") ?n] [(ground 1) ?x]]",
                "[:find ?x :where [(identity [(spit \"MARK\" 1)]) ?x]]",
                "[:find ?x :where [(new java.io.FileOutputStream \"MARK\") ?n] [(ground 1) ?x]]",
                "[:find ?x :where [(java.io.FileOutputStream. \"MARK\") ?n] [(ground 1) ?x]]",
                "[:find ?x :where [(apply spit [\"MARK\" \"x\"]) ?n] [(ground 1) ?x]]",
                "[:find ?x :where [(clojure.java.shell/sh \"touch\" \"MARK\") ?n] [(ground 1) ?x]]",
                "[:find ?x :where [(q (quote [:find ?y :where [(do (spit \"MARK\" 1) 1) ?y]]) $) [[?x]]]]"
            })
    void onlyATrustedKeyLeavesAMark(String query) throws IOException {
        String marking = query.replace("MARK", mark.toString());

        assertThat(category(() -> query(confined, marking))).isEqualTo("forbidden");
        assertThat(mark).doesNotExist();
        try {
            query(trusted, marking);
        } catch (ExceptionInfo e) {
            // nil cannot be bound, after the mark was left
        }
        assertThat(mark).exists();
        Files.delete(mark);
    }

    @Test
    void functionsThatOperatorsAllowAreCalledForConfinedCode() {
        assertThat(query(confined, "[:find ?h :where [_ :x/n ?n] [(my.app/half ?n) ?h]]"))
                .isEqualTo(List.of(List.of(2L)));
        assertThat(query(confined, "[:find ?w :where [_ :x/s ?s] [(.split ?s \" \") [?w ...]]]"))
                .hasSize(2);
        assertThat(query(confined, "[:find (pull ?e [[:x/s :xform my.app/shorten]]) :where [?e :x/s]]"))
                .isEqualTo(List.of(List.of(Map.of(Clj.keyword("x/s"), "so"))));
        assertThat(category(() -> query(confined, "[:find ?h :where [_ :x/s ?s] [(my.app/shorten ?s) ?h]]")))
                .isEqualTo("forbidden");
    }

    @Test
    void transactionFunctionsAreCalledWhenOperatorsAllowThemOrCodeIsTrusted() {
        transact(confined, "[[my.app/data 7]]");

        assertThat(category(() -> transact(confined, "[[clojure.core/vector]]")))
                .isEqualTo("forbidden");
        assertThat(category(() -> transact(trusted, "[[clojure.core/inc]]"))).isEqualTo("incorrect");
    }

    private static String category(Runnable request) {
        try {
            request.run();
            return "none";
        } catch (ExceptionInfo e) {
            return ((Keyword) Objects.requireNonNull(e.getData().valAt(CATEGORY))).getName();
        }
    }
}
