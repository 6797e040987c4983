package peerserver.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import peerserver.LoopbackServer;

/**
 * Passes connections on to a port of loopback, as well as the test tells it to: what it says counts for connections that
 * are open already, too.
 */
public final class UnreliableWay implements AutoCloseable {

    private static final int DELAY_MS = 50;

    /** What becomes of bytes. */
    public enum Passage {
        /** All of them arrive. */
        CLEAR,
        /** They arrive late. */
        SLOW,
        /** They are held back until there is another passage, and nobody is told. */
        SILENT,
        /** Their connection is reset. */
        BROKEN
    }

    private final int port;
    private final LoopbackServer server;
    private final AtomicInteger broken = new AtomicInteger();
    private Passage passage;

    private UnreliableWay(int port, Passage passage) {
        this.port = port;
        this.passage = passage;
        this.server = LoopbackServer.onFreePort();
    }

    /** A way to a port of loopback. */
    public static UnreliableWay to(int port, Passage passage) {
        UnreliableWay way = new UnreliableWay(port, passage);
        way.server.serve(way::passOn);
        return way;
    }

    /** The port where it begins. */
    public int port() {
        return server.port();
    }

    /** How many connections were reset. */
    public int broken() {
        return broken.get();
    }

    /** From now on. */
    public synchronized void become(Passage next) {
        passage = next;
        notifyAll();
    }

    private void passOn(Socket client) {
        try {
            Socket goal = new Socket(InetAddress.getLoopbackAddress(), port);
            server.beside(goal, () -> pass(goal, client));
            pass(client, goal);
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[65_536];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                switch (whenBytesGo()) {
                    case BROKEN -> {
                        broken.incrementAndGet();
                        from.setSoLinger(true, 0);
                        to.setSoLinger(true, 0);
                        return;
                    }
                    case SLOW -> Thread.sleep(DELAY_MS);
                    default -> {}
                }
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException e) {
            // Closed or reset by one end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Passage whenBytesGo() throws InterruptedException {
        while (passage == Passage.SILENT) {
            wait();
        }
        return passage;
    }

    @Override
    public void close() {
        server.close();
    }
}
