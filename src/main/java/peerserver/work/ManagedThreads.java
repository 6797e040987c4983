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
}
