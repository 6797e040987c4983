package peerserver.conformance;

/** An access key and the secret that it was given with. */
record AccessKey(String key, String secret) {}
