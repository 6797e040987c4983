package peerserver.cluster;

import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the sessions that were begun on this node and have not ended here. The container makes one of it, and others may,
 * so what is counted belongs to the class.
 */
@WebListener
public class Sessions implements HttpSessionListener {

    private static final AtomicInteger OPEN = new AtomicInteger();

    /** How many there are. */
    public static int open() {
        return OPEN.get();
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        OPEN.incrementAndGet();
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        // One that was begun elsewhere may end here.
        OPEN.updateAndGet(open -> Math.max(0, open - 1));
    }
}
