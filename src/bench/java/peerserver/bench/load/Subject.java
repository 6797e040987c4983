package peerserver.bench.load;

/** Somebody who does the work of the lines: a server behind the real client, or the engine in process. */
interface Subject {

    /** Who it is, in tables and in {@code -Dbench.servers}. */
    String name();

    /** The process whose processor time counts. */
    long pid();

    /** What costs nothing beyond the way there and back. Returns the names of the databases. */
    Object noOp();

    /** A handful of attributes of one item. */
    Object pull(int item);

    /** One row. */
    Object queryOne(int item);

    /** The 1,000 rows of a bucket. */
    Object queryBucket(int bucket);

    /** A row for each item. */
    Object queryAll();

    /** Iterates over a datom for each item, and gives their number. */
    Object datoms();

    /** Adds an entity. */
    Object transact(int number);
}
