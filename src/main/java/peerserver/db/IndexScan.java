package peerserver.db;

import java.util.List;

/**
 * A prefix of an index.
 *
 * @param index which one
 * @param components values for its leading components, in the index's own order, the transaction behind them; more say nothing
 */
public record IndexScan(Index index, List<Object> components) {

    public IndexScan {
        components = List.copyOf(components);
    }
}
