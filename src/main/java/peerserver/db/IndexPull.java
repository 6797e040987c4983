package peerserver.db;

import java.util.List;
import peerserver.form.SelectorForm;

/**
 * A walk along an index that pulls what it meets.
 *
 * @param index AVET, pulling entities, or AEVT, pulling values
 * @param selector what to pull
 * @param start leading components of the index, at least the attribute, where the walk begins
 * @param reverse whether the walk goes backwards
 */
public record IndexPull(Index index, SelectorForm selector, List<Object> start, boolean reverse) {

    public IndexPull {
        start = List.copyOf(start);
    }
}
