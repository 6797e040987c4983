package peerserver.cluster;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.config.ClusterConfig;
import peerserver.work.ManagedThreads;

/** The nodes of the cluster, as this one sees them; nobody but itself where there is no cluster. Thread-safe. */
@Singleton
public class Members {

    private static final Logger LOG = Logger.getLogger(Members.class.getName());
    private static final long INTERVAL_MS = 2_000;

    private final Grid grid;
    private final Node node;
    private final Clock clock;
    private final boolean shared;
    private final Thread watch;
    private final Map<String, Member> seen = new LinkedHashMap<>();
    private @Nullable String self;

    @Inject
    Members(Grid grid, Node node, ClusterConfig config, Clock clock, ThreadFactory threads) {
        this.grid = grid;
        this.node = node;
        this.clock = clock;
        this.shared = config.shared();
        this.watch =
                ManagedThreads.daemon(threads, "watch cluster", () -> ManagedThreads.repeat(INTERVAL_MS, this::look));
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        if (shared) {
            watch.start();
        }
    }

    @PreDestroy
    void stop() {
        watch.interrupt();
    }

    /** All of them by name; empty where there is no cluster. */
    public synchronized List<Member> all() {
        look();
        return seen.values().stream().sorted(Comparator.comparing(Member::name)).toList();
    }

    /** How many nodes there are, this one included. */
    public synchronized int count() {
        look();
        return Math.max(1, seen.size());
    }

    /** What the others call this node; absent where there is no cluster. */
    public synchronized Optional<String> self() {
        look();
        return Optional.ofNullable(self);
    }

    private synchronized void look() {
        Optional<Grid.View> view = grid.view();
        List<String> names = view.map(Grid.View::members).orElse(List.of());
        String own = view.map(Grid.View::self).orElse(null);
        boolean changed = seen.keySet().retainAll(names);
        self = own;
        for (String name : names) {
            if (!seen.containsKey(name)) {
                changed = true;
                seen.put(name, new Member(name, clock.instant(), name.equals(own)));
            }
        }
        if (changed) {
            LOG.log(Level.INFO, "Node {0}, {1}, in a cluster of {2}", new Object[] {
                node.id(), own == null ? "alone" : own, seen.keySet()
            });
        }
    }
}
