package peerserver.launch;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where to listen.
 *
 * @param host as the operator wrote it
 * @param address what that name stands for here, IPv4 where there is a choice
 * @param port 1 to 65535
 */
record Endpoint(String host, InetAddress address, int port) {

    /** Looks the host up. */
    static Endpoint resolve(String host, int port) throws Refusal {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            InetAddress address = Arrays.stream(addresses)
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .orElse(addresses[0]);
            return new Endpoint(host, address, port);
        } catch (UnknownHostException e) {
            throw Refusal.ofArgument("-h: there is no host of that name");
        }
    }

    /** Whether only this machine can reach it. */
    boolean loopback() {
        return address.isLoopbackAddress();
    }

    /** Whether a data grid that listens there would be in its way. */
    boolean takes(GridAddress grid) {
        return port == grid.port() && (address.isAnyLocalAddress() || address.equals(grid.address()));
    }

    /** Makes sure that nothing listens there yet. */
    void checkFree() throws Refusal {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (BindException e) {
            String message = String.valueOf(e.getMessage());
            throw Refusal.ofMachine(
                    message.contains("in use") ? "port " + port + " of " + host + " is in use" : cannotListen(message));
        } catch (IOException e) {
            throw Refusal.ofMachine(cannotListen(String.valueOf(e.getMessage())));
        }
    }

    /** The URL that clients on this machine can use, without a path. */
    String url() {
        return "https://" + bracketed(host) + ':' + port;
    }

    /** The same by address, so that it needs no look-up. */
    String localUrl() {
        InetAddress target = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        return "https://" + bracketed(target.getHostAddress()) + ':' + port;
    }

    private String cannotListen(String reason) {
        return "cannot listen on port " + port + " of " + host + ": " + reason;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : '[' + host + ']';
    }
}
