package peerserver.cluster;

import java.util.List;
import java.util.Optional;

/** What joins the nodes of a cluster, as the server that this application runs in has it. */
interface Grid {

    /**
     * Who is in the cluster now.
     *
     * @param self what the grid calls this node
     * @param members what it calls all of them, this one too: an address and port, or a name
     */
    record View(String self, List<String> members) {

        public View {
            members = List.copyOf(members);
        }
    }

    /** Who is in the cluster now; absent where there is none. */
    Optional<View> view();
}
