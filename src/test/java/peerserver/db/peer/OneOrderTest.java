package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerserver.TrialJvm;

/** The order of rows is the same in every JVM, whatever its hashes, its locale, its threads and the way data came in. */
class OneOrderTest {

    @Test
    void freshJvmsGiveTheSameRowsInTheSameOrder(@TempDir Path directory) throws Exception {
        TrialJvm one = trial(
                directory.resolve("one"), "1", "-XX:hashCode=2", "-Duser.language=tr", "-Duser.timezone=Asia/Kolkata");
        TrialJvm other = trial(
                directory.resolve("other"), "2", "-XX:hashCode=0", "-Duser.language=en", "-Dfile.encoding=ISO-8859-1");

        List<String> here = OrderTrial.lines(3);

        assertThat(here.stream().filter(line -> line.startsWith("  "))).hasSizeGreaterThan(2_500);
        assertThat(one.lines()).isEqualTo(here);
        assertThat(other.lines()).isEqualTo(here);
    }

    private static TrialJvm trial(Path answer, String orderOfInsertion, String... options) throws IOException {
        return new TrialJvm(answer, List.of(options), OrderTrial.class, orderOfInsertion);
    }
}
