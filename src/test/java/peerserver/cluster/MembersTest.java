package peerserver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import peerserver.config.ClusterConfig;
import peerserver.security.MovableClock;

class MembersTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final MovableClock clock = new MovableClock(START.toString());
    private Optional<Grid.View> view = Optional.empty();
    private final Members members = members(true);

    private Members members(boolean shared) {
        ClusterConfig config = new ClusterConfig(shared, 1, 1, 1, 1);
        return new Members(() -> view, new Node(Clock.systemUTC()), config, clock, Thread::new);
    }

    @Test
    void isAloneWhereThereIsNoCluster() {
        assertThat(members.all()).isEmpty();
        assertThat(members.count()).isEqualTo(1);
        assertThat(members.self()).isEmpty();
    }

    @Test
    void areThoseOfTheGridSinceTheyWereSeen() {
        view = Optional.of(new Grid.View("b", List.of("b")));
        assertThat(members.all()).containsExactly(new Member("b", START, true));

        clock.move(Duration.ofSeconds(1));
        view = Optional.of(new Grid.View("b", List.of("b", "a")));

        assertThat(members.all())
                .containsExactly(new Member("a", START.plusSeconds(1), false), new Member("b", START, true));
        assertThat(members.count()).isEqualTo(2);
        assertThat(members.self()).contains("b");
    }

    @Test
    void oneThatLeavesAndComesAgainIsSeenAnew() {
        view = Optional.of(new Grid.View("a", List.of("a", "b")));
        members.all();
        view = Optional.of(new Grid.View("a", List.of("a")));
        assertThat(members.all()).containsExactly(new Member("a", START, true));

        clock.move(Duration.ofSeconds(5));
        view = Optional.of(new Grid.View("a", List.of("a", "b")));

        assertThat(members.all())
                .containsExactly(new Member("a", START, true), new Member("b", START.plusSeconds(5), false));
    }
}
