package peerserver.chunk;

import clojure.lang.Keyword;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import peerserver.cluster.Node;
import peerserver.config.IterationConfig;
import peerserver.config.MapConfig;
import peerserver.db.Resume;
import peerserver.wire.EdnCodec;

/** A next-token of a query is sealed, and opened again when it comes back; a row stands for a token, which is for a chunk. */
@State(Scope.Benchmark)
public class SealBenchmark {

    private final TestOwner owner = TestOwner.of("key", "secret");
    private final IterationConfig config = IterationConfig.from(new MapConfig(Map.of()));
    private final Tokens tokens = new Tokens(
            new NodeCursorStore(config), config, Clock.systemUTC(), new Takeovers(new Node(Clock.systemUTC())));
    private final Cursor cursor = new Cursor(
            "4f1c6f6e-8d0e-4c69-9a7b-0b6a4f2f5d11",
            Map.of(
                    Keyword.intern("op"),
                    Keyword.intern("q"),
                    Keyword.intern("query"),
                    EdnCodec.readString("[:find ?e ?id ?name :where [?e :item/id ?id] [?e :item/name ?name]]"),
                    Keyword.intern("args"),
                    List.of(Map.of(
                            Keyword.intern("database-id"),
                            "b2f6a3f0-5c39-4f3e-9d51-3f6f0f1f7c55",
                            Keyword.intern("t"),
                            1_000L))),
            new Resume(1_000, null),
            Long.MAX_VALUE,
            1_000);

    @Benchmark
    public Object ours() {
        return tokens.cursor(owner, tokens.of(owner, cursor, CursorStore.NONE), CursorStore.NONE);
    }
}
