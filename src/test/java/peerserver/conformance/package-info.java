/**
 * What the server owes its clients, said with the real client: abstract suites, and one class that runs them all against
 * one engine on one server. Knows the published client, the launcher and raw signed requests; nothing from inside the
 * server.
 */
package peerserver.conformance;
