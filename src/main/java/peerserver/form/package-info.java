/**
 * Queries, selectors and transactions, parsed once. The parsed form is what is checked, ordered and handed to an
 * engine. Knows {@code wire} only.
 */
@NullMarked
package peerserver.form;

import org.jspecify.annotations.NullMarked;
