package peerserver.work;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Gives the container's threads to whoever wants a {@link ThreadFactory} injected. */
@Singleton
@SuppressWarnings("BanJNDI") // the name is a constant
public class ManagedThreads {

    @Produces
    @Singleton
    ThreadFactory threads() throws NamingException {
        return InitialContext.doLookup("java:comp/DefaultManagedThreadFactory");
    }

    /** A thread of that name, not started, which keeps no process from ending. */
    public static Thread daemon(ThreadFactory threads, String name, Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName(name);
        thread.setDaemon(true);
        return thread;
    }
}
