package peerserver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagedGridTest {

    private final List<ObjectName> registered = new ArrayList<>();
    private final ManagedGrid grid = new ManagedGrid();

    @AfterEach
    void unregister() throws JMException {
        for (ObjectName name : registered) {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }
    }

    @Test
    void isNotThereWithoutOne() {
        assertThat(grid.view()).isEmpty();
    }

    @Test
    void isHazelcasts() throws JMException {
        register(
                "com.hazelcast:type=HazelcastInstance,instance=test,name=test",
                Map.of("Members", List.of("/127.0.0.1:6900", "host.example/10.0.0.1:6901")));
        register(
                "com.hazelcast:type=HazelcastInstance.Node,instance=test,name=node",
                Map.of("address", "/127.0.0.1:6900"));

        assertThat(grid.view()).contains(new Grid.View("127.0.0.1:6900", List.of("127.0.0.1:6900", "10.0.0.1:6901")));
    }

    @Test
    void isJGroups() throws JMException {
        register(
                "jgroups:type=channel,cluster=\"ee\"",
                Map.of("view", "[node1(v=16.0.5)|3] (2) [node1(v=16.0.5), node2]", "address", "node2"));

        assertThat(grid.view()).contains(new Grid.View("node2", List.of("node1", "node2")));
    }

    @Test
    void isNotThereWhileItHasNoView() throws JMException {
        register("jgroups:type=channel,cluster=\"ee\"", Map.of());

        assertThat(grid.view()).isEmpty();
    }

    private void register(String name, Map<String, Object> attributes) throws JMException {
        ObjectName objectName = new ObjectName(name);
        ManagementFactory.getPlatformMBeanServer().registerMBean(new Bean(attributes), objectName);
        registered.add(objectName);
    }

    /** A bean that has some attributes, to read. */
    private record Bean(Map<String, Object> attributes) implements DynamicMBean {

        @Override
        public @Nullable Object getAttribute(String name) {
            return attributes.get(name);
        }

        @Override
        public void setAttribute(Attribute attribute) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AttributeList getAttributes(String[] names) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AttributeList setAttributes(AttributeList list) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object invoke(String operation, Object[] arguments, String[] signature) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MBeanInfo getMBeanInfo() {
            return new MBeanInfo(
                    getClass().getName(),
                    "",
                    attributes.keySet().stream()
                            .map(name -> new MBeanAttributeInfo(name, "java.lang.Object", "", true, false, false))
                            .toArray(MBeanAttributeInfo[]::new),
                    null,
                    null,
                    null);
        }
    }
}
