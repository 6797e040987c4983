package peerserver.launch;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The place of this node among the nodes of its cluster: the first address that nobody else has. From when it is found until
 * the data grid is about to listen there, this holds it against other nodes that start meanwhile.
 */
final class GridPlace implements AutoCloseable {

    private final Queue<GridAddress> candidates;
    private boolean seenHere;
    private GridAddress address;
    private ServerSocket holder;

    /**
     * Takes the first of these that is free.
     *
     * @throws Refusal when there is none
     */
    GridPlace(List<GridAddress> nodes) throws Refusal {
        candidates = new ArrayDeque<>(nodes);
        address = candidates.element();
        holder = held();
    }

    GridAddress address() {
        return address;
    }

    /** Takes the next one that is free, as somebody else got this one after all. */
    void next() throws Refusal {
        holder = held();
    }

    /** Lets go of it, for the data grid to listen there. */
    @Override
    public void close() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot let go of " + address, e);
        }
    }

    private ServerSocket held() throws Refusal {
        while (!candidates.isEmpty()) {
            address = candidates.remove();
            try {
                ServerSocket socket = listening(address);
                seenHere = true;
                return socket;
            } catch (BindException e) {
                seenHere |= String.valueOf(e.getMessage()).contains("in use");
            } catch (IOException e) {
                throw Refusal.ofMachine("cannot listen on " + address + " of --cluster: " + e.getMessage());
            }
        }
        throw seenHere
                ? Refusal.ofMachine("all addresses of --cluster that this machine has are in use")
                : Refusal.ofArgument("--cluster has no address of this machine");
    }

    /** Whoever connects is another node that looks for members: it is turned away, as if nobody listened yet. */
    private static ServerSocket listening(GridAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            // Connections of the node that was here before may linger.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address.address(), address.port()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        Thread doorkeeper = new Thread(() -> turnAway(socket), "place in the cluster");
        doorkeeper.setDaemon(true);
        doorkeeper.start();
        return socket;
    }

    private static void turnAway(ServerSocket socket) {
        try {
            while (true) {
                Socket visitor = socket.accept();
                visitor.close();
            }
        } catch (IOException e) {
            // Closed: the data grid listens now.
        }
    }
}
