package peerserver.op;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import peerserver.chunk.LiveRows;
import peerserver.chunk.NodeCursorStore;
import peerserver.chunk.Takeovers;
import peerserver.chunk.Tokens;
import peerserver.cluster.Node;
import peerserver.code.CodeCheck;
import peerserver.config.CodeConfig;
import peerserver.config.IterationConfig;
import peerserver.config.LoadConfig;
import peerserver.config.MapConfig;
import peerserver.config.RequestConfig;
import peerserver.config.TransactionConfig;
import peerserver.db.Databases;
import peerserver.db.FakeInstance;
import peerserver.work.TestWorkers;
import peerserver.work.Workers;

/** All the handlers behind one dispatcher, put together by hand. */
public final class Handlers {

    private Handlers() {}

    static Thread daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    /** A dispatcher that keeps nothing yet, as that of a node which has just started. */
    public static Dispatcher dispatcher(
            Databases databases, RequestConfig config, IterationConfig iteration, Clock clock) {
        Workers workers = TestWorkers.of(Handlers::daemon);
        Tokens tokens = new Tokens(new NodeCursorStore(iteration), iteration, clock, new Takeovers(new Node(clock)));
        SpeculativeValues speculative = new SpeculativeValues(tokens, iteration);
        DbValues values = new DbValues(
                databases, speculative, config, new DatabaseTurns(LoadConfig.from(new MapConfig(Map.of()))), workers);
        Iterations iterations = new Iterations(config, tokens, new LiveRows(iteration, workers));
        CheckedForms forms = new CheckedForms(
                new CodeCheck(CodeConfig.from(new MapConfig(Map.of())), Handlers.class.getClassLoader()));
        List<RowsHandler> rows = List.of(
                new QueryHandler(iterations, values, forms),
                new DatomsHandler(iterations, values),
                new IndexRangeHandler(iterations, values),
                new IndexPullHandler(iterations, values, forms),
                new TxRangeHandler(iterations, values));
        List<OperationHandler> others = List.of(
                new NextHandler(iterations, new FakeInstance<>(rows)),
                new ResolveDbHandler(values),
                new ListDbsHandler(values),
                new CreateDbHandler(),
                new DeleteDbHandler(),
                new AdministerSystemHandler(values),
                new StatusHandler(values),
                new TransactHandler(
                        values,
                        new RecentTransactions(new NodeOutcomeStore(TransactionConfig.from(new MapConfig(Map.of())))),
                        forms),
                new PullHandler(values, forms),
                new DbStatsHandler(values),
                new WithDbHandler(values, speculative),
                new WithHandler(values, speculative, forms));
        List<OperationHandler> all =
                Stream.<OperationHandler>concat(rows.stream(), others.stream()).toList();
        return new Dispatcher(new FakeInstance<>(all), config, House.watch());
    }
}
