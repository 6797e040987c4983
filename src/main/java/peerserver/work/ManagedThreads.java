package peerserver.work;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Gives the container's threads to whoever wants a {@link ThreadFactory} injected. */
@Singleton
@SuppressWarnings("BanJNDI") // the name is a constant
public class ManagedThreads {

    private static final Logger LOG = Logger.getLogger(ManagedThreads.class.getName());

    @Produces
    @Singleton
    ThreadFactory threads() throws NamingException {
        return InitialContext.doLookup("java:comp/DefaultManagedThreadFactory");
    }

    /**
     * Does that again and again, with a pause before each time, until its thread is interrupted. What fails, be it for want of
     * memory, is done the next time.
     */
    public static void repeat(long pauseMs, Runnable work) {
        try {
            while (true) {
                Thread.sleep(pauseMs);
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    LOG.log(Level.WARNING, Thread.currentThread().getName() + " failed, and is tried again", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thread of that name, not started, which keeps no process from ending. */
    public static Thread daemon(ThreadFactory threads, String name, Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName(name);
        thread.setDaemon(true);
        return thread;
    }
}
