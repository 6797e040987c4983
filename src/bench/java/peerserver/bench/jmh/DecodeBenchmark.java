package peerserver.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The bytes of a large transaction to a request. Plain means Java's own collections, ours Clojure's. */
@State(Scope.Benchmark)
@OperationsPerInvocation(Chunk.ROWS)
public class DecodeBenchmark {

    @Param
    public WireFormat format = WireFormat.MSGPACK;

    private byte[] body = {};

    @Setup
    public void encode() {
        body = format.plain().encode(Chunk.ofEntities());
    }

    @Benchmark
    public Object ours() {
        return format.codec().decode(body);
    }

    @Benchmark
    public Object plain() {
        return format.plain().decode(body);
    }
}
