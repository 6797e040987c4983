package peerserver.op;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Speculates in a JVM of its own, and writes down the handles, what their values hold, and the session. */
final class SpeculationTrial {

    private SpeculationTrial() {}

    /**
     * Writes some lines for each chain, and the session at the end.
     *
     * @param args the file
     */
    public static void main(String[] args) throws IOException {
        int status = 1;
        try (SpeculatingNode node =
                args.length > 1 ? SpeculatingNode.ofLocal(Path.of(args[1]), false) : SpeculatingNode.ofPeer(Map.of())) {
            List<String> lines = new ArrayList<>();
            for (List<String> chain : SpeculatingNode.CHAINS) {
                String handle = node.with(node.withDb(), chain);
                lines.add("handle " + handle);
                lines.addAll(node.read(handle));
            }
            node.session.kept.forEach((id, text) -> lines.add("session " + id + " " + text));
            Files.write(Path.of(args[0]), lines);
            status = 0;
        } catch (RuntimeException e) {
            Logger.getLogger(SpeculationTrial.class.getName()).log(Level.SEVERE, "The trial failed", e);
        } finally {
            // The peer library's threads would keep the JVM alive.
            System.exit(status);
        }
    }
}
