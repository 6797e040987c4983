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

/** Offers {@link Drain} to whoever runs the process: the launcher and this application know nothing of each other. */
@ApplicationScoped
public class DrainControl implements DrainControlMXBean {

    private static final Logger LOG = Logger.getLogger(DrainControl.class.getName());

    @Inject
    private Drain drain;

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
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
        } catch (JMException e) {
            LOG.log(Level.FINE, "Was not offered", e);
        }
    }
}
