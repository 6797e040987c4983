package peerserver.db;

import java.util.List;

/**
 * What operators do with the databases behind some kind of URI, beyond serving them. Every method throws a {@link
 * peerserver.wire.AnomalyException} with a message fit for operators, without secrets.
 */
public interface Catalog {

    /** Whether this is the catalog of the database with that URI. */
    boolean knows(String uri);

    /**
     * Creates a database.
     *
     * @return false when it was there already
     */
    boolean create(String uri);

    /** The names of the databases beside that of a URI, in which the name may be {@code *}. */
    List<String> names(String uri);

    /**
     * Deletes a database, for good.
     *
     * @return false when there was none
     */
    boolean delete(String uri);
}
