/**
 * The audit: who has written, and who was refused. Knows {@code config} only.
 */
@NullMarked
package peerserver.audit;

import org.jspecify.annotations.NullMarked;
