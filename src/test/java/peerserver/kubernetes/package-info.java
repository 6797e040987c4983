/** The manifests under {@code server-config/kubernetes}, held against the API of Kubernetes and against this project. */
@NullMarked
package peerserver.kubernetes;

import org.jspecify.annotations.NullMarked;
