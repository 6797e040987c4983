package peerserver.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;

/** The first message of a client, written by hand, since no JDK sends that of an old version any more. */
final class ClientHello {

    private static final int TIMEOUT_MS = 30_000;

    /** With AES: the sound suite of TLS 1.2 that every client has, then those of older versions. */
    private static final String SUITES = "c02fc013c01400330039002f0035";

    /** The groups and signatures of a client of TLS 1.2; older versions know of none. */
    private static final String EXTENSIONS = "000a000400020017" + "000d0006000408040401";

    private static final int HANDSHAKE = 0x16;

    private ClientHello() {}

    /** Whether the server goes on with a client that speaks this version at most. */
    static boolean isTaken(PeerServerProcess server, int version) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.port())) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(bytes(version));
            return socket.getInputStream().read() == HANDSHAKE;
        }
    }

    private static byte[] bytes(int version) {
        HexFormat hex = HexFormat.of();
        String body = hex.toHexDigits((short) version)
                + "5a".repeat(32)
                + "00"
                + hex.toHexDigits((short) (SUITES.length() / 2))
                + SUITES
                + "0100"
                + hex.toHexDigits((short) (EXTENSIONS.length() / 2))
                + EXTENSIONS;
        String handshake = "0100" + hex.toHexDigits((short) (body.length() / 2)) + body;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex.parseHex("16" + hex.toHexDigits((short) Math.min(version, 0x0301))));
        out.writeBytes(hex.parseHex(hex.toHexDigits((short) (handshake.length() / 2)) + handshake));
        return out.toByteArray();
    }
}
