package peerserver.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import peerserver.LoopbackServer;

/** A way to whichever server it leads to at the time, as a load balancer that passes bytes on. */
final class SwitchedWay implements AutoCloseable {

    private final LoopbackServer server;
    private final List<Socket> onward = new CopyOnWriteArrayList<>();
    private volatile int port;

    SwitchedWay(int port) {
        this.port = port;
        server = LoopbackServer.onFreePort();
        server.serve(this::serve);
    }

    String endpoint() {
        return "localhost:" + server.port();
    }

    /** Leads elsewhere from now on; what is open is cut. */
    void to(int other) throws IOException {
        port = other;
        for (Socket open : onward) {
            open.close();
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket there = new Socket(InetAddress.getLoopbackAddress(), port)) {
            onward.add(there);
            Thread back = new Thread(() -> pass(there, client), "back");
            back.setDaemon(true);
            back.start();
            pass(client, there);
        } catch (IOException e) {
            // Cut.
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut.
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
