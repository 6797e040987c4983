package peerserver.work;

import java.util.Arrays;

/**
 * The start of the application by its container, which other threads may have to wait for.
 *
 * <p>Payara (seen: 6.2025.10) closes all jars of a web application as the last step of its start. A class that another
 * thread loads at that moment fails with {@code IllegalStateException: zip file closed}, and one that was being
 * initialized is lost for good: the peer library could then not be used until the next start. No event of Jakarta EE
 * comes after that step, so the thread that starts the application is watched until it has left it.
 */
public final class ContainerStart {

    private static final String STARTING = "org.apache.catalina.core.StandardContext";
    private static final long INTERVAL_MS = 20;

    private final Thread starter;

    private ContainerStart(Thread starter) {
        this.starter = starter;
    }

    /** The start that the current thread is carrying out. */
    public static ContainerStart byThisThread() {
        return new ContainerStart(Thread.currentThread());
    }

    /** Waits until it is over; in a container that has no such step, not at all. */
    public void awaitEnd() throws InterruptedException {
        while (underWay()) {
            Thread.sleep(INTERVAL_MS);
        }
    }

    private boolean underWay() {
        return Arrays.stream(starter.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(STARTING)
                        && frame.getMethodName().equals("start"));
    }
}
