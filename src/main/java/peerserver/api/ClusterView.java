package peerserver.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import peerserver.cluster.Member;

/**
 * The cluster as one node sees it.
 *
 * @param node that node
 * @param members all nodes, this one too; empty where there is no cluster
 * @param sessions how many were begun on this node and have not ended here
 * @param iterations what became of those of other nodes
 */
@JsonbPropertyOrder({"node", "members", "sessions", "iterations"})
public record ClusterView(Self node, List<Other> members, int sessions, Iterations iterations) {

    /**
     * The node that was asked.
     *
     * @param id a new one with each start
     * @param address what the others call it; absent where there is no cluster
     * @param since when it was started
     * @param draining whether it is leaving
     */
    @JsonbPropertyOrder({"id", "address", "since", "draining"})
    public record Self(String id, Optional<String> address, Instant since, boolean draining) {}

    /**
     * A member.
     *
     * @param address its address and port, or whatever name the server gives it
     * @param since when this node saw it first
     * @param self whether it is this node
     */
    @JsonbPropertyOrder({"address", "since", "self"})
    public record Other(String address, Instant since, boolean self) {

        static Other of(Member member) {
            return new Other(member.name(), member.since(), member.self());
        }
    }

    /**
     * Iterations that came from elsewhere.
     *
     * @param takenOver tokens of other nodes that were continued here
     * @param lost tokens that named a recipe which was not to be found
     */
    @JsonbPropertyOrder({"takenOver", "lost"})
    public record Iterations(long takenOver, long lost) {}
}
