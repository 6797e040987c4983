package peerserver.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for, checked as far as that goes without looking at the machine.
 *
 * @param host name or address to listen on
 * @param port 1 to 65535
 * @param keys in the order given; a key may come more than once
 * @param keysFile a file of access keys
 * @param databases in the order given, at least one, names distinct
 * @param tls which certificate to serve
 * @param cluster the nodes that keep sessions for each other; absent for a node on its own
 */
record Options(
        String host,
        int port,
        List<AccessKey> keys,
        Optional<Path> keysFile,
        List<ServedDatabase> databases,
        Tls tls,
        Optional<ClusterOptions> cluster) {

    Options {
        keys = List.copyOf(keys);
        databases = List.copyOf(databases);
    }
}
