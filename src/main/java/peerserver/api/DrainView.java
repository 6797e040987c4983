package peerserver.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.Optional;
import peerserver.work.Drain;

/**
 * How this node is leaving, for operators and programs.
 *
 * @param draining whether it is
 * @param since when that began
 * @param graceEnds until when everybody is served
 * @param accepting whether new requests are served
 * @param underWay how many requests are
 * @param afterwards what happens to the process
 */
@JsonbPropertyOrder({"draining", "since", "graceEnds", "accepting", "underWay", "afterwards"})
public record DrainView(
        boolean draining,
        Optional<Instant> since,
        Optional<Instant> graceEnds,
        boolean accepting,
        int underWay,
        String afterwards) {

    static DrainView of(Drain.Standing standing) {
        return new DrainView(
                standing.since().isPresent(),
                standing.since(),
                standing.graceEnds(),
                standing.accepting(),
                standing.underWay(),
                standing.leaves() ? "ends by itself" : "goes on until its operator stops it");
    }
}
