package peerserver.security;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peerserver.config.RefusalConfig;

/**
 * Tells where requests come from: from the other end of the connection, or, when that is a proxy of ours, from whoever it
 * says. What others write into {@code X-Forwarded-For} is not believed.
 */
@Singleton
public class ClientAddresses {

    /** What a provider gives to one customer at least: whoever has one IPv6 address has as many as he likes. */
    private static final int NETWORK_BYTES = 8;

    private static final String HEADER = "X-Forwarded-For";

    private final List<AddressRange> proxies;

    /**
     * Believes the configured proxies.
     *
     * @throws IllegalArgumentException when one of them is no address
     */
    @Inject
    ClientAddresses(RefusalConfig config) {
        proxies = config.proxies().stream().map(AddressRange::parse).toList();
    }

    /** The address of the client, as a number; empty when there is none to be known. */
    public Optional<InetAddress> of(HttpServletRequest request) {
        Optional<InetAddress> client = address(request.getRemoteAddr());
        if (proxies.isEmpty()) {
            return client;
        }
        List<String> hops = new ArrayList<>();
        for (String value : Collections.list(request.getHeaders(HEADER))) {
            hops.addAll(List.of(value.split(",", -1)));
        }
        // Each proxy adds where it got the request from, so the last is the nearest.
        for (int i = hops.size() - 1; i >= 0 && client.filter(this::isProxy).isPresent(); i--) {
            Optional<InetAddress> hop = address(hops.get(i).strip());
            if (hop.isEmpty()) {
                break;
            }
            client = hop;
        }
        return client;
    }

    /** Those from there count as one client, as do those of whom nothing is known: a whole /64 of IPv6, for instance. */
    static ByteBuffer network(@Nullable InetAddress address) {
        byte[] bytes = address == null ? new byte[0] : address.getAddress();
        return ByteBuffer.wrap(bytes.length > NETWORK_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }

    /** Some proxies add the port: {@code 10.1.2.3:4567}, {@code [2001:db8::1]:4567}. */
    private static Optional<InetAddress> address(String text) {
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            return AddressRange.address(text.substring(1, bracket));
        }
        int colon = text.indexOf(':');
        boolean withPort = colon > 0 && colon == text.lastIndexOf(':');
        // A zone belongs to this machine's interface, not to the address.
        int zone = text.indexOf('%');
        return AddressRange.address(withPort ? text.substring(0, colon) : zone < 0 ? text : text.substring(0, zone));
    }
}
