package peerserver.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The sockets of a process that wait for others, read from {@code /proc}. */
public final class Sockets {

    private static final String LISTENING = "0A";

    private Sockets() {}

    /** Addresses and ports that a process listens on by TCP, or has bound by UDP. */
    public static Set<InetSocketAddress> waitingOf(long pid) throws IOException {
        Set<String> inodes = inodes(pid);
        Set<InetSocketAddress> waiting = new HashSet<>();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            for (String[] row : rows(protocol)) {
                boolean waits = protocol.startsWith("udp") || row[3].equals(LISTENING);
                if (waits && inodes.contains(row[9])) {
                    waiting.add(address(row[1]));
                }
            }
        }
        return waiting;
    }

    private static List<String[]> rows(String protocol) throws IOException {
        Path table = Path.of("/proc/net/" + protocol);
        if (!Files.exists(table)) {
            return List.of();
        }
        return Files.readAllLines(table).stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+", -1))
                .toList();
    }

    private static Set<String> inodes(long pid) throws IOException {
        List<Path> descriptors;
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            descriptors = files.toList();
        }
        List<String> targets = new ArrayList<>();
        for (Path descriptor : descriptors) {
            try {
                targets.add(Files.readSymbolicLink(descriptor).toString());
            } catch (IOException e) {
                // Closed meanwhile.
            }
        }
        Set<String> inodes = new HashSet<>();
        targets.stream()
                .filter(target -> target.startsWith("socket:["))
                .forEach(target -> inodes.add(target.substring("socket:[".length(), target.length() - 1)));
        return inodes;
    }

    /** Words of an address are in the machine's byte order, the port is not. */
    private static InetSocketAddress address(String hexadecimal) throws IOException {
        int colon = hexadecimal.indexOf(':');
        byte[] bytes = HexFormat.of().parseHex(hexadecimal.substring(0, colon));
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        ByteBuffer address = ByteBuffer.allocate(words.capacity());
        while (words.hasRemaining()) {
            address.putInt(words.getInt());
        }
        return new InetSocketAddress(
                InetAddress.getByAddress(address.array()), Integer.parseInt(hexadecimal.substring(colon + 1), 16));
    }
}
