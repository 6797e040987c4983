package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GridPlaceTest {

    private static final String FOREIGN = "192.0.2.1:6900";

    @Test
    void isTheFirstAddressThatNobodyElseHas() throws Exception {
        List<GridAddress> nodes = free(2);
        try (GridPlace first = new GridPlace(nodes);
                GridPlace second = new GridPlace(nodes)) {
            assertThat(first.address()).isEqualTo(nodes.get(0));
            assertThat(second.address()).isEqualTo(nodes.get(1));

            Refusal refusal = catchThrowableOfType(Refusal.class, () -> new GridPlace(nodes));

            assertThat(refusal.line()).isEqualTo("all addresses of --cluster that this machine has are in use");
            assertThat(refusal.exitStatus()).isEqualTo(1);
        }
    }

    @Test
    void nodesThatStartAtTheSameMomentGetDifferentOnes() throws Exception {
        List<GridAddress> nodes = free(8);
        ExecutorService starting = Executors.newFixedThreadPool(8);
        List<GridPlace> places = new ArrayList<>();
        try {
            for (Future<GridPlace> place :
                    starting.invokeAll(nodes.stream().map(node -> claim(nodes)).toList())) {
                places.add(place.get());
            }
            assertThat(places).extracting(GridPlace::address).containsExactlyInAnyOrderElementsOf(nodes);
        } finally {
            starting.shutdown();
            places.forEach(GridPlace::close);
        }
    }

    @Test
    @SuppressWarnings("try") // closed before, on purpose
    void isTheNextOneWhenItWasLostAtTheLastMoment() throws Exception {
        List<GridAddress> nodes = free(2);
        try (GridPlace place = new GridPlace(nodes)) {
            place.close();
            place.next();

            assertThat(place.address()).isEqualTo(nodes.get(1));
        }
    }

    @Test
    void isNotOnAnotherMachine() throws Exception {
        GridAddress foreign = GridAddress.parse(FOREIGN);
        List<GridAddress> nodes = List.of(foreign, free(1).get(0));
        try (GridPlace place = new GridPlace(nodes)) {
            assertThat(place.address()).isEqualTo(nodes.get(1));
        }

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> new GridPlace(List.of(foreign)));

        assertThat(refusal.line()).isEqualTo("--cluster has no address of this machine");
        assertThat(refusal.exitStatus()).isEqualTo(2);
    }

    @Test
    void turnsVisitorsAwayUntilTheDataGridIsThere() throws Exception {
        GridAddress node = free(1).get(0);
        try (GridPlace place = new GridPlace(List.of(node));
                Socket visitor = new Socket(node.address(), node.port())) {
            visitor.setSoTimeout(10_000);

            assertThat(visitor.getInputStream().read()).isEqualTo(-1);
            assertThat(place.address()).isEqualTo(node);
        }
    }

    @Test
    @SuppressWarnings("try") // closed before, on purpose
    void isFreeAgainWhileConnectionsToTheNodeBeforeLinger() throws Exception {
        GridAddress node = free(1).get(0);
        try (ServerSocket before = new ServerSocket(node.port(), 1, node.address());
                Socket client = new Socket(node.address(), node.port());
                Socket accepted = before.accept()) {
            accepted.close();
            before.close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }

        try (GridPlace place = new GridPlace(List.of(node))) {
            assertThat(place.address()).isEqualTo(node);
        }
    }

    private static Callable<GridPlace> claim(List<GridAddress> nodes) {
        return () -> new GridPlace(nodes);
    }

    private static List<GridAddress> free(int number) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        List<ServerSocket> sockets = new ArrayList<>();
        List<GridAddress> addresses = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            sockets.add(new ServerSocket(0, 1, loopback));
            addresses.add(new GridAddress(loopback, sockets.get(i).getLocalPort()));
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return addresses;
    }
}
