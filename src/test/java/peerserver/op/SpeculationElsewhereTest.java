package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerserver.TrialJvm;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;

/** Speculative values that another JVM made are made again here, with the same entities at the same times. */
class SpeculationElsewhereTest {

    @Test
    void onThePeerLibrary(@TempDir Path directory) throws Exception {
        List<String> lines = trial(directory, "-XX:hashCode=2", "-Duser.language=tr");

        try (SpeculatingNode here = SpeculatingNode.ofPeer(Map.of())) {
            assertSame(here, lines);
        }
    }

    /** New entities have other ids in another JVM there. */
    @Test
    void datomicLocalSaysThatItCannot(@TempDir Path directory) {
        String handle;
        try (SpeculatingNode there = SpeculatingNode.ofLocal(directory, true)) {
            handle = there.with(there.withDb(), SpeculatingNode.CHAINS.get(0));
        }
        try (SpeculatingNode here = SpeculatingNode.ofLocal(directory, false)) {
            Anomaly refused = here.refusal("{:op :pull :selector [*] :eid [:item/name 'a']}", handle)
                    .anomaly();

            assertThat(refused.category()).isEqualTo(Category.INCORRECT);
            assertThat(refused.message()).contains("cannot be made again on this kind of database", "with-db");
        }
    }

    private static void assertSame(SpeculatingNode here, List<String> lines) {
        List<String> told = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split(" ", 4);
            if (parts[0].equals("session")) {
                here.session.kept.put(parts[1] + ' ' + parts[2], parts[3]);
            }
        }
        for (String line : lines) {
            if (line.startsWith("handle ")) {
                found.addAll(here.read(line.substring(7)));
            } else if (!line.startsWith("session ")) {
                told.add(line);
            }
        }
        assertThat(here.session.kept).isNotEmpty();
        for (int i = 0; i < told.size(); i++) {
            assertThat(found.get(i)).as("line " + i).isEqualTo(told.get(i));
        }
        assertThat(found).isNotEmpty().hasSameSizeAs(told);
    }

    private static List<String> trial(Path directory, String... options) throws Exception {
        return new TrialJvm(directory.resolve("answer"), List.of(options), SpeculationTrial.class).lines();
    }
}
