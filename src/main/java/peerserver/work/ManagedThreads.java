package peerserver.work;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Gives the container's threads to whoever wants a {@link ThreadFactory} injected. */
@Singleton
public class ManagedThreads {

    @Resource
    private @Nullable ManagedThreadFactory factory;

    @Produces
    @Singleton
    ThreadFactory threads() {
        return Objects.requireNonNull(factory, "the container gave no thread factory");
    }
}
