package peerserver.chunk;

import clojure.lang.Keyword;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import peerserver.wire.TransitCodec;
import peerserver.wire.WireCodec;

/** Makes tokens as whoever knows an access key's secret can: any content, honestly sealed. */
public final class Forger {

    private static final WireCodec CODEC = TransitCodec.msgpack();

    private final TokenOwner owner;

    /** Forges tokens of an owner whose secret is known. */
    public Forger(TokenOwner owner) {
        this.owner = owner;
    }

    /** What a token says. */
    public Map<Object, @Nullable Object> content(String token) {
        try {
            byte[] bytes = Deflated.inflated(TokenSeal.open(owner, token), Integer.MAX_VALUE);
            return new HashMap<>((Map<?, ?>) Objects.requireNonNull(CODEC.decode(bytes)));
        } catch (DataFormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A token that says something else. */
    public String token(Object content) {
        return TokenSeal.seal(owner, CODEC.encode(content));
    }

    /** A token that says what another one does, but for one entry; without a value, the entry is left out. */
    public String altered(String token, String entry, @Nullable Object value) {
        Map<Object, @Nullable Object> content = content(token);
        if (value == null) {
            content.remove(Keyword.intern(entry));
        } else {
            content.put(Keyword.intern(entry), value);
        }
        return token(content);
    }

    /** A token that says that, deflated. */
    public String deflated(Object content) {
        return TokenSeal.seal(owner, Deflated.of(CODEC.encode(content), Deflater.BEST_COMPRESSION));
    }

    /** A token whose bytes are of no codec. */
    public String nonsense() {
        return TokenSeal.seal(owner, new byte[] {(byte) 0xc1, 0, -1});
    }
}
