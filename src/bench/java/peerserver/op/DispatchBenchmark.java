package peerserver.op;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import peerserver.bench.jmh.Chunk;

/** A decoded request to the answer that is to be encoded, with rows that cost nothing to find. */
@State(Scope.Benchmark)
@OperationsPerInvocation(Chunk.ROWS)
public class DispatchBenchmark {

    private final House house = new House(100 * Chunk.ROWS, Map.of());
    private final Map<?, ?> request =
            House.request("{:op :datoms :database-id 'orders-id' :t 100 :index :eavt :limit -1 :chunk 1000}");

    @Benchmark
    public Object ours() {
        return house.answer(House.READER, request);
    }
}
