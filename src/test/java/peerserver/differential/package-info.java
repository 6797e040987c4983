/**
 * The same operations over the wire and in process, compared value by value and error by error. The cases are data, in
 * {@code src/test/resources/differential}; generated ones come on top. Knows the published client, the launcher and the
 * peer library; of the server itself only the order that it documents for the rows of a query.
 */
package peerserver.differential;
