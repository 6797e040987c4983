package peerserver.launch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node's data grid listens. Written as an address, so that neither what is bound nor whom it is told of depends on
 * a look-up.
 *
 * @param address an IPv4 address of one interface
 * @param port 1 to 65535
 */
record GridAddress(InetAddress address, int port) {

    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern FORM = Pattern.compile("(" + BYTE + "(?:\\." + BYTE + "){3}):([1-9][0-9]{0,4})");

    static GridAddress parse(String text) throws Refusal {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw Refusal.ofArgument(
                    "--cluster needs IPv4 addresses with their ports, as 127.0.0.1:6900,127.0.0.1:6901");
        }
        int port = Integer.parseInt(matcher.group(2));
        InetAddress address = address(matcher.group(1));
        if (port > 65_535 || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            throw Refusal.ofArgument("--cluster: " + text + " is no address of a single node");
        }
        return new GridAddress(address, port);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address needs no look-up", e);
        }
    }

    @Override
    public String toString() {
        return address.getHostAddress() + ':' + port;
    }
}
