package peerserver.conformance;

/** An access key and the secret that it was given with. */
public record AccessKey(String key, String secret) {}
