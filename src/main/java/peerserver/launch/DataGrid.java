package peerserver.launch;

import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.boot.AdminCommandRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Payara's data grid, which keeps sessions on the other nodes, too: confined to the nodes of a list, to one address and port of
 * this machine, and to whoever knows the cluster's secret.
 *
 * @param nodes of the whole cluster
 */
record DataGrid(List<GridAddress> nodes, GridPlace place, ClusterSecret secret) {

    /** What Payara reads the key of the sessions from, in its own directory. */
    static final String KEY_FILE = "config/datagrid-key";

    private static final String CONFIG = "hazelcast-runtime-configuration.";

    DataGrid {
        nodes = List.copyOf(nodes);
    }

    /**
     * Takes a place in the cluster, and keeps the data grid from listening anywhere else, from asking its maker for news, and
     * from ending before the server has handed on what it holds. It looks for these when it starts.
     */
    static DataGrid of(ClusterOptions cluster, ClusterSecret secret) throws Refusal {
        GridPlace place = new GridPlace(cluster.nodes());
        System.setProperty("hazelcast.socket.bind.any", "false");
        System.setProperty("hazelcast.phone.home.enabled", "false");
        System.setProperty("hazelcast.shutdownhook.enabled", "false");
        // Nodes that were apart, because they were frozen or cut off, find together within half a minute.
        System.setProperty("hazelcast.merge.first.run.delay.seconds", "30");
        System.setProperty("hazelcast.merge.next.run.delay.seconds", "30");
        return new DataGrid(cluster.nodes(), place, secret);
    }

    /** What the domain is told before it boots, without the data grid. */
    List<String> settings() {
        return List.of(
                CONFIG + "discovery-mode=tcpip",
                CONFIG + "tcpip-members="
                        + nodes.stream().map(GridAddress::toString).collect(Collectors.joining(",")),
                CONFIG + "cluster-group-name=" + secret.name(),
                CONFIG + "auto-increment-port=false",
                CONFIG + "generate-names=false",
                CONFIG + "datagrid-encryption-enabled=" + secret.given());
    }

    /**
     * Starts it in a server that has booted. Should another node have got the place in the moment in which nobody held it, the
     * next one is taken.
     *
     * @throws Refusal when there is no place left, or it does not start
     */
    void start(AdminCommandRunner runner) throws Refusal {
        while (true) {
            GridAddress address = place.address();
            place.close();
            ClusterCommandResult result = runner.run("set-hazelcast-configuration", arguments(address));
            if (result.getExitStatus() != ClusterCommandResult.ExitStatus.FAILURE) {
                return;
            }
            if (!String.valueOf(result.getOutput()).contains("bind")) {
                throw Refusal.ofMachine("the data grid does not start: " + result.getOutput());
            }
            place.next();
        }
    }

    private static String[] arguments(GridAddress address) {
        List<String> arguments = new ArrayList<>(List.of("--enabled=true", "--dynamic=true"));
        arguments.add("--interfaces=" + address.address().getHostAddress());
        arguments.add("--startPort=" + address.port());
        arguments.add("--publicAddress=" + address);
        arguments.add("--memberName=" + address);
        return arguments.toArray(String[]::new);
    }
}
