package peerserver.db;

import org.jspecify.annotations.Nullable;
import peerserver.form.SelectorForm;

/**
 * A walk along an index that pulls what it meets, as it was asked for: what is missing or wrong the engine says.
 *
 * @param index {@code :avet}, pulling entities, or {@code :aevt}, pulling values
 * @param selector what to pull
 * @param start leading components of the index, at least the attribute, where the walk begins
 * @param reverse whether the walk goes backwards
 */
public record IndexPull(
        @Nullable Object index,
        @Nullable SelectorForm selector,
        @Nullable Object start,
        boolean reverse) {

    /** What to pull, as the engines take it. */
    public @Nullable Object pattern() {
        return selector == null ? null : selector.pattern();
    }
}
