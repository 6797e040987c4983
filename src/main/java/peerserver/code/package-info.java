/**
 * Which code the forms of a request may call, when the code of its access key is confined. Whatever is not understood is
 * refused. Knows {@code wire}, {@code form}, {@code config} and {@code db}, through which attributes are resolved.
 */
@NullMarked
package peerserver.code;

import org.jspecify.annotations.NullMarked;
