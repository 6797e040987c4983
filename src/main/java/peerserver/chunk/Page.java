package peerserver.chunk;

/**
 * Which rows a request wants, and how many at a time.
 *
 * @param offset how many rows to pass over
 * @param limit how many rows to answer in all, or −1 for no limit
 * @param chunk how many rows to answer at a time
 */
public record Page(long offset, long limit, int chunk) {

    /** The number of the row behind the last one wanted, or {@link Long#MAX_VALUE}. */
    public long end() {
        return limit < 0 || offset > Long.MAX_VALUE - limit ? Long.MAX_VALUE : offset + limit;
    }
}
