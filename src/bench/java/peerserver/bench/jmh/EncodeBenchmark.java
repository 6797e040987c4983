package peerserver.bench.jmh;

import clojure.lang.Keyword;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Answers to bytes. */
@State(Scope.Benchmark)
@OperationsPerInvocation(Chunk.ROWS)
public class EncodeBenchmark {

    /** What the rows are. */
    public enum Rows {
        TUPLES(Chunk.ofTuples()),
        DATOMS(Chunk.ofDatoms());

        private final Map<Keyword, Object> answer;

        Rows(Map<Keyword, Object> answer) {
            this.answer = answer;
        }
    }

    @Param
    public WireFormat format = WireFormat.MSGPACK;

    @Param
    public Rows rows = Rows.TUPLES;

    @Benchmark
    public byte[] ours() {
        return format.codec().encode(rows.answer);
    }

    @Benchmark
    public byte[] plain() {
        return format.plain().encode(rows.answer);
    }
}
