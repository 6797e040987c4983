package peerserver.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * What went wrong, as JSON: the anomalies of the client protocol.
 *
 * @param category the name of one of {@code cognitect.anomalies}
 * @param message for people
 */
@JsonbPropertyOrder({"category", "message"})
public record Problem(String category, String message) {}
