package peerserver.launch;

import java.lang.management.ManagementFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

/** The application's own way of leaving, which it offers by JMX. */
final class NodeDrain {

    private static final Logger LOG = Logger.getLogger(NodeDrain.class.getName());
    private static final String NAME = "peerserver:type=Drain";

    private NodeDrain() {}

    /** Has the application leave, and returns when it has; at once when there is none. */
    static void leave() {
        invoke("leave");
    }

    /**
     * Ends the process once an operator has had the application leave.
     *
     * @param last what is done before that
     */
    static void endsProcess(Runnable last) {
        Thread waiting = new Thread(
                () -> {
                    if (Boolean.TRUE.equals(invoke("awaitLeave"))) {
                        last.run();
                        System.exit(0);
                    }
                },
                "end when drained");
        waiting.setDaemon(true);
        waiting.start();
    }

    private static Object invoke(String operation) {
        try {
            return ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(NAME), operation, null, null);
        } catch (InstanceNotFoundException e) {
            // No application yet, or none any more.
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.WARNING, "The application cannot leave in order", e);
        }
        return false;
    }
}
