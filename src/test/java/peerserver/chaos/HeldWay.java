package peerserver.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import peerserver.LoopbackServer;

/**
 * Passes connections on to a port of loopback, and stops in the middle of an answer when the test wants it: some of the
 * answer has passed by then, and the rest never will.
 */
final class HeldWay implements AutoCloseable {

    private final int port;
    private final LoopbackServer server;
    private final List<Socket> held = new ArrayList<>();
    private long limit = Long.MAX_VALUE;

    private HeldWay(int port) {
        this.port = port;
        this.server = LoopbackServer.onFreePort();
    }

    static HeldWay to(int port) {
        HeldWay way = new HeldWay(port);
        way.server.serve(way::passOn);
        return way;
    }

    /** Where it begins. */
    int port() {
        return server.port();
    }

    /** From now on an answer is held when so many bytes of it have passed. */
    synchronized void holdAnswersAfter(long bytes) {
        limit = bytes;
    }

    /** How many answers are held. */
    synchronized int held() {
        return held.size();
    }

    /** Resets the connections whose answers are held, and holds no more. */
    synchronized void breakOff() {
        limit = Long.MAX_VALUE;
        for (Socket socket : held) {
            reset(socket);
        }
        held.clear();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Closed already.
        }
    }

    private void passOn(Socket client) {
        // What has passed since the last bytes of a request.
        AtomicLong answered = new AtomicLong();
        try {
            Socket goal = new Socket(InetAddress.getLoopbackAddress(), port);
            server.beside(goal, () -> passAnswers(goal, client, answered));
            passRequests(client, goal, answered);
        } catch (IOException e) {
            reset(client);
        }
    }

    private static void passRequests(Socket from, Socket to, AtomicLong answered) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[65_536];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                answered.set(0);
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException e) {
            // Closed or reset by one end.
        }
    }

    private void passAnswers(Socket from, Socket to, AtomicLong answered) {
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[4_096];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                long over = answered.addAndGet(length) - limit();
                if (over > 0) {
                    to.getOutputStream().write(buffer, 0, (int) Math.max(0, length - over));
                    hold(to);
                    return;
                }
                to.getOutputStream().write(buffer, 0, length);
            }
            from.close();
            to.close();
        } catch (IOException e) {
            reset(to);
        }
    }

    private synchronized long limit() {
        return limit;
    }

    private synchronized void hold(Socket socket) {
        held.add(socket);
    }

    @Override
    public void close() {
        breakOff();
        server.close();
    }
}
