package peerserver.wire;

/** A format of the wire: bytes to data and back. Implementations are thread-safe. */
public interface WireCodec {

    /** The media type, without parameters, for example {@code application/transit+msgpack}. */
    String mediaType();

    /**
     * Reads the one value in {@code body}. Maps, vectors, sets and lists arrive as Clojure's persistent collections,
     * keywords and symbols as Clojure's, URIs as {@link java.net.URI}, instants as {@link java.util.Date}.
     *
     * @throws AnomalyException {@code incorrect} for anything malformed, never another exception
     */
    default Object decode(byte[] body) {
        return decode(body, Limits.DEPTH);
    }

    /** As {@link #decode(byte[])}, where collections within collections go no deeper than that many levels. */
    Object decode(byte[] body, int depth);

    /**
     * Writes one value.
     *
     * @throws AnomalyException {@code incorrect} when the value holds something that has no form on the wire
     */
    default byte[] encode(Object value) {
        return encode(value, Integer.MAX_VALUE);
    }

    /**
     * Writes one value in so many bytes.
     *
     * @throws AnomalyException {@code incorrect} also when it takes more
     */
    byte[] encode(Object value, int most);
}
