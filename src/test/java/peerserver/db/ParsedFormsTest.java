package peerserver.db;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import clojure.lang.PersistentList;
import clojure.lang.RT;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import peerserver.db.local.TemporaryDatabase;
import peerserver.db.peer.MemoryDatabase;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.wire.EdnCodec;

/** Forms that engines have parsed are gone once others are in their place. */
class ParsedFormsTest {

    private static final int LENGTH = 100_000;
    private static final QueryOptions OPTIONS = new QueryOptions(10_000, null, false);

    @TestFactory
    Stream<DynamicTest> areDisplaced(@TempDir Path directory) {
        return Stream.of(new MemoryDatabase("parsed").served(), TemporaryDatabase.open(directory, "parsed"))
                .map(database -> DynamicTest.dynamicTest(database.getClass().getSimpleName(), () -> {
                    try {
                        areDisplaced(database);
                    } finally {
                        database.close();
                    }
                }));
    }

    private static void areDisplaced(NamedDatabase database) {
        Databases databases = TestDatabases.of(Map.of("parsed", database)).databases();
        List<WeakReference<Object>> parsed = parsed(database.current());
        assertThat(kept(parsed)).as("engines keep what they have parsed").isPositive();

        new ParsedForms(databases, Thread::new).displace();

        assertThat(kept(parsed)).isZero();
    }

    /** Has the engine parse forms with large constants, several times. */
    private static List<WeakReference<Object>> parsed(DbValue value) {
        List<WeakReference<Object>> constants = new ArrayList<>();
        SelectorForm selector = new SelectorForm(List.of(PersistentList.create(
                List.of(Keyword.intern("db", "doc"), Keyword.intern(null, "default"), constant(constants)))));
        Object rules = RT.vector(RT.vector(
                EdnCodec.readString("(r ?e)"),
                RT.vector(EdnCodec.readString("?e"), Keyword.intern("db", "doc"), constant(constants))));
        QueryForm ruled = QueryForm.parse("[:find ?e :in $ % :where (r ?e)]");
        QueryForm query = QueryForm.parse(RT.map(
                Keyword.intern(null, "find"),
                EdnCodec.readString("[?e]"),
                Keyword.intern(null, "where"),
                RT.vector(RT.vector(EdnCodec.readString("?e"), Keyword.intern("db", "doc"), constant(constants)))));
        for (int times = 0; times < 20; times++) {
            value.pull(selector, 0L, null);
            value.query(ruled, List.of(value, rules), OPTIONS);
            value.query(query, List.of(value), OPTIONS);
        }
        return constants;
    }

    private static Object constant(List<WeakReference<Object>> constants) {
        String constant = "x".repeat(LENGTH) + constants.size();
        constants.add(new WeakReference<>(constant));
        return constant;
    }

    private static long kept(List<WeakReference<Object>> constants) {
        System.gc();
        return constants.stream().filter(constant -> constant.get() != null).count();
    }
}
