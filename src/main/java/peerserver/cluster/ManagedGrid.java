package peerserver.cluster;

import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Payara's data grid, which is Hazelcast, or WildFly's, which is JGroups, by JMX: so the application needs neither's classes,
 * and runs where there is neither.
 */
@Singleton
class ManagedGrid implements Grid {

    private static final Logger LOG = Logger.getLogger(ManagedGrid.class.getName());

    /** As in {@code /127.0.0.1:6900}, {@code Address[127.0.0.1]:6900} or {@code [::1]:6900}. */
    private static final Pattern ADDRESS = Pattern.compile("([0-9a-fA-F.:]+?)]?:([0-9]+)$");

    /** As in {@code [node1(v=16.0.5)|3] (2) [node1(v=16.0.5), node2(v=16.0.5)]}. */
    private static final Pattern VIEW = Pattern.compile("\\[([^\\[\\]]*)]$");

    private static final Pattern VERSION = Pattern.compile("\\(v=[^)]*\\)$");

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    @Override
    public Optional<View> view() {
        try {
            Optional<View> hazelcast = hazelcast();
            return hazelcast.isPresent() ? hazelcast : jgroups();
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.FINE, "Cannot tell who is in the cluster", e);
            return Optional.empty();
        }
    }

    private Optional<View> hazelcast() throws JMException {
        Optional<ObjectName> instance = first("com.hazelcast:type=HazelcastInstance,*");
        Optional<ObjectName> node = first("com.hazelcast:type=HazelcastInstance.Node,*");
        if (instance.isEmpty() || node.isEmpty()) {
            return Optional.empty();
        }
        String self = address(String.valueOf(beans.getAttribute(node.get(), "address")));
        List<?> members = (List<?>) beans.getAttribute(instance.get(), "Members");
        return Optional.of(new View(
                self, members.stream().map(member -> address(member.toString())).toList()));
    }

    private Optional<View> jgroups() throws JMException {
        Optional<ObjectName> channel = first("jgroups:type=channel,*");
        if (channel.isEmpty()) {
            return Optional.empty();
        }
        Matcher view = VIEW.matcher(String.valueOf(beans.getAttribute(channel.get(), "view")));
        if (!view.find()) {
            return Optional.empty();
        }
        String self = name(String.valueOf(beans.getAttribute(channel.get(), "address")));
        return Optional.of(new View(
                self,
                Arrays.stream(view.group(1).split(",")).map(ManagedGrid::name).toList()));
    }

    private Optional<ObjectName> first(String pattern) throws JMException {
        return beans.queryNames(new ObjectName(pattern), null).stream().sorted().findFirst();
    }

    private static String name(String text) {
        return VERSION.matcher(text).replaceFirst("").strip();
    }

    private static String address(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        return matcher.find() ? matcher.group(1) + ':' + matcher.group(2) : text;
    }
}
