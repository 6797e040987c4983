package peerserver.chunk;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import peerserver.cluster.Node;

/** Counts what this node has continued for others, and what it could not. Thread-safe. */
@Singleton
public class Takeovers {

    private final Node node;
    private final LongAdder taken = new LongAdder();
    private final LongAdder lost = new LongAdder();

    @Inject
    public Takeovers(Node node) {
        this.node = node;
    }

    /** What a token says of the node that made it. */
    String maker() {
        return node.id();
    }

    /** Takes note that a token was continued here that was made by that node. */
    void continued(@Nullable Object maker) {
        if (maker != null && !node.id().equals(maker)) {
            taken.increment();
        }
    }

    /** Takes note that what a token names was not to be found. */
    void missed() {
        lost.increment();
    }

    /** How many tokens of other nodes were continued here. */
    public long taken() {
        return taken.sum();
    }

    /** How many tokens named a recipe that was not to be found. */
    public long lost() {
        return lost.sum();
    }
}
