package peerserver.histories;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import peerserver.LoopbackServer;

/** A way to a server of loopback on which connections are reset, answers break off in the middle, and bytes are late. */
final class RoughWay implements AutoCloseable {

    private static final int LATEST_MS = 100;

    /** What becomes of some bytes, and of how many in a thousand. */
    enum Fate {
        RESET(8),
        CUT(8),
        LATE(30),
        PASSED(954);

        private final int inThousand;

        Fate(int inThousand) {
            this.inThousand = inThousand;
        }

        private static Fate of(int number) {
            int left = number;
            for (Fate fate : values()) {
                left -= fate.inThousand;
                if (left < 0) {
                    return fate;
                }
            }
            return PASSED;
        }
    }

    private final LoopbackServer server;
    private final Random random;
    private final Map<Fate, LongAdder> fates = new ConcurrentHashMap<>();
    private volatile int goal;
    private volatile boolean rough;

    private RoughWay(int goal, long seed) {
        this.goal = goal;
        this.random = new Random(seed);
        this.server = LoopbackServer.onFreePort();
    }

    /** A way to a port; smooth to begin with. */
    static RoughWay to(int port, long seed) {
        RoughWay way = new RoughWay(port, seed);
        way.server.serve(way::passOn);
        return way;
    }

    int port() {
        return server.port();
    }

    /** Leads new connections to another port from now on. */
    void leadTo(int port) {
        goal = port;
    }

    void becomeRough(boolean value) {
        rough = value;
    }

    /** How often that happened. */
    long count(Fate fate) {
        return fates.computeIfAbsent(fate, key -> new LongAdder()).sum();
    }

    private void passOn(Socket client) {
        try (client;
                Socket onward = new Socket(InetAddress.getLoopbackAddress(), goal)) {
            server.beside(onward, () -> pass(onward, client));
            pass(client, onward);
        } catch (IOException e) {
            // Nobody is there, or no longer.
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[16_384];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                Fate fate = rough ? Fate.of(random.nextInt(1_000)) : Fate.PASSED;
                fates.computeIfAbsent(fate, key -> new LongAdder()).increment();
                if (fate == Fate.LATE) {
                    Thread.sleep(random.nextInt(LATEST_MS));
                }
                if (fate != Fate.RESET) {
                    to.getOutputStream().write(buffer, 0, fate == Fate.CUT ? length / 2 : length);
                }
                if (fate == Fate.RESET || fate == Fate.CUT) {
                    from.setSoLinger(true, 0);
                    to.setSoLinger(true, fate == Fate.RESET ? 0 : 1);
                    return;
                }
            }
        } catch (IOException e) {
            // Closed or reset by one end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
