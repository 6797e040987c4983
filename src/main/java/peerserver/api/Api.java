package peerserver.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** What is asked over HTTP and answered in JSON, under {@code /api}; every request is signed. */
@ApplicationPath("/api")
public class Api extends Application {}
