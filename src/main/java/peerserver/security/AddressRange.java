package peerserver.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All IP addresses that begin with the same bits.
 *
 * @param first one of them
 * @param bits how many bits they share
 */
record AddressRange(InetAddress first, int bits) {

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern LITERAL =
            Pattern.compile("(" + BYTE + "\\.){3}" + BYTE + "|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * A range as {@code 10.0.0.0/8}, or a single address.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> first = address(slash < 0 ? text : text.substring(0, slash));
        if (first.isPresent()) {
            int length = Byte.SIZE * first.get().getAddress().length;
            String bits = slash < 0 ? Integer.toString(length) : text.substring(slash + 1);
            if (bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= length) {
                return new AddressRange(first.get(), Integer.parseInt(bits));
            }
        }
        throw new IllegalArgumentException(
                "peerserver.proxies takes addresses and ranges such as 10.0.0.0/8, but not " + text);
    }

    /** The address that a text is, which is never looked up as a name; empty when it is none. */
    static Optional<InetAddress> address(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        byte[] one = first.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
