package peerserver.code;

import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import peerserver.config.CodeConfig;
import peerserver.config.MapConfig;
import peerserver.form.QueryForm;
import peerserver.wire.EdnCodec;

/** The check of a query of one row with two clauses, an input and a call; a row stands for a query. */
@State(Scope.Benchmark)
public class FormCheckBenchmark {

    private final CodeCheck check =
            new CodeCheck(CodeConfig.from(new MapConfig(Map.of())), FormCheckBenchmark.class.getClassLoader());
    private final QueryForm query = QueryForm.parse(
            EdnCodec.readString("[:find ?name ?price :in $ ?id :where [?e :item/id ?id] [?e :item/name ?name]"
                    + " [(get-else $ ?e :item/price 0) ?price]]"));
    private final List<?> args = List.of(Map.of(), 17L);

    @Benchmark
    public Object ours() {
        return check.query(query, args);
    }
}
