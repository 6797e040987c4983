package peerserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Takes connections to a port of loopback, each on a thread of its own, and ends all of them when it is closed. */
public final class LoopbackServer implements AutoCloseable {

    private final ServerSocket listening;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public LoopbackServer(ServerSocket listening) {
        this.listening = listening;
    }

    /** One on a free port. */
    public static LoopbackServer onFreePort() {
        try {
            return new LoopbackServer(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Begins to take connections, and has each of them served. */
    public void serve(Consumer<Socket> serving) {
        threads.execute(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket client = listening.accept();
                    open.add(client);
                    threads.execute(() -> serving.accept(client));
                } catch (IOException e) {
                    // Closed.
                }
            }
        });
    }

    /** Has work done beside, for a connection that was made to serve another: it is ended with all the others. */
    public void beside(Socket made, Runnable work) {
        open.add(made);
        threads.execute(work);
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
