package peerserver.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says of the cluster, the same on every node.
 *
 * @param nodes where their data grids listen, distinct
 * @param secretFile holds what they have in common; when absent, the environment may
 */
record ClusterOptions(List<GridAddress> nodes, Optional<Path> secretFile) {

    /** More would hold copies that nobody needs, and is rather a mistake. */
    static final int MOST_NODES = 16;

    ClusterOptions {
        nodes = List.copyOf(nodes);
    }

    static ClusterOptions parse(String list, Optional<Path> secretFile) throws Refusal {
        List<GridAddress> nodes = new ArrayList<>();
        for (String address : list.split(",", -1)) {
            GridAddress node = GridAddress.parse(address);
            if (nodes.contains(node)) {
                throw Refusal.ofArgument("--cluster has " + node + " twice");
            }
            nodes.add(node);
        }
        if (nodes.size() < 2 || nodes.size() > MOST_NODES) {
            throw Refusal.ofArgument("--cluster needs the addresses of all nodes, 2 to " + MOST_NODES + " of them");
        }
        return new ClusterOptions(nodes, secretFile);
    }

    /** Whether nobody but this machine can reach any of them. */
    boolean loopback() {
        return nodes.stream().allMatch(node -> node.address().isLoopbackAddress());
    }
}
