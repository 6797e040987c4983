package peerserver.work;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import peerserver.config.LoadConfig;

/**
 * Says whether the heap is full: whether a collection has just left more in use than allowed. After a while without
 * another collection it is taken not to be, because then nobody uses memory up, and only new work can tell. Looks at
 * nothing but when the JVM has collected. Thread-safe.
 */
@Singleton
public class HeapGuard {

    private static final Logger LOG = Logger.getLogger(HeapGuard.class.getName());
    private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int ALL = 100;

    private final NotificationListener listener = (notification, handback) -> look();
    private final List<Runnable> ballast = new CopyOnWriteArrayList<>();
    private final int percent;
    private final LongSupplier nanoTime;
    private volatile boolean full;
    private volatile long lastFull;

    @Inject
    HeapGuard(LoadConfig config) {
        this(config.heapPercent(), System::nanoTime);
    }

    /** A guard that is told of collections. */
    public HeapGuard(int percent, LongSupplier nanoTime) {
        this.percent = percent;
        this.nanoTime = nanoTime;
    }

    @PostConstruct
    void start() {
        if (percent < ALL) {
            collectors().forEach(collector -> collector.addNotificationListener(listener, null, null));
        }
    }

    /** Whether nothing more is to be taken on. */
    public boolean full() {
        return full && nanoTime.getAsLong() - lastFull < DOUBT_NANOS;
    }

    /** Adds what is done when the heap gets full: it lets go of what can be had again. */
    public void whenFull(Runnable letGo) {
        ballast.add(letGo);
    }

    /** What is in use now, which is about what the last collection left, and what that left in the old generation. */
    private void look() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long left = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(HeapGuard::keepsWhatIsOld)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
        collected(Math.min(heap.getUsed(), left), heap.getMax());
    }

    /** The young ones have no usage threshold. */
    private static boolean keepsWhatIsOld(MemoryPoolMXBean pool) {
        return pool.getType() == MemoryType.HEAP
                && pool.isUsageThresholdSupported()
                && pool.isCollectionUsageThresholdSupported();
    }

    /** Takes note of what a collection has left in use, in bytes, of how many there may be. */
    void collected(long left, long most) {
        boolean before = full();
        boolean now = left > most / ALL * percent;
        lastFull = nanoTime.getAsLong();
        full = now;
        if (now && !before) {
            LOG.log(Level.WARNING, "The heap is full, {0} of {1} MB: new requests are answered busy", new Object[] {
                left >> 20, most >> 20
            });
            ballast.forEach(Runnable::run);
        } else if (before && !now) {
            LOG.log(Level.INFO, "The heap has room again: {0} of {1} MB in use", new Object[] {left >> 20, most >> 20});
        }
    }

    private static List<NotificationEmitter> collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(NotificationEmitter.class::isInstance)
                .map(NotificationEmitter.class::cast)
                .toList();
    }

    @PreDestroy
    void stop() {
        for (NotificationEmitter collector : collectors()) {
            try {
                collector.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                // It was not asked to tell.
            }
        }
    }
}
