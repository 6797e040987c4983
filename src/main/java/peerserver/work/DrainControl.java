package peerserver.work;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;
import peerserver.config.DrainConfig;
import peerserver.process.EndSignals;

/**
 * Offers {@link Drain} to whoever runs the process, by JMX, since the launcher and this application know nothing of each other;
 * and, if that is wanted, to whoever asks the process to end.
 */
@ApplicationScoped
public class DrainControl implements DrainControlMXBean {

    private static final Logger LOG = Logger.getLogger(DrainControl.class.getName());

    @Inject
    private Drain drain;

    @Inject
    private DrainConfig config;

    private @Nullable EndSignals signals;

    void start(@Observes Startup event) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = new ObjectName(NAME);
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            server.registerMBean(new StandardMBean(this, DrainControlMXBean.class, true), name);
        } catch (JMException e) {
            LOG.log(Level.WARNING, "The server cannot be drained by its own process", e);
        }
        if (config.onSignal()) {
            signals = EndSignals.precede(this::leaveBeforeTheEnd);
        }
    }

    private void leaveBeforeTheEnd() {
        try {
            drain.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isDraining() {
        return drain.draining();
    }

    @Override
    public void leave() throws InterruptedException {
        drain.leave();
    }

    @Override
    public boolean awaitLeave() throws InterruptedException {
        return drain.awaitLeave();
    }

    @PreDestroy
    void stop() {
        if (signals != null) {
            signals.close();
        }
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
        } catch (JMException e) {
            LOG.log(Level.FINE, "Was not offered", e);
        }
    }
}
