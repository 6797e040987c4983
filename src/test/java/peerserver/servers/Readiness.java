package peerserver.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import peerserver.conformance.PinnedTrust;

/** Waits for a server's health, as a load balancer would look at it. */
final class Readiness {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Readiness() {}

    /** Asks until the answer is 200. */
    static void await(URI health) {
        HttpClient http =
                HttpClient.newBuilder().sslContext(PinnedTrust.sslContext()).build();
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(30)).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        try {
            while (System.nanoTime() < deadline) {
                try {
                    var answer = http.send(request, BodyHandlers.ofString());
                    if (answer.statusCode() == 200) {
                        return;
                    }
                    last = answer.statusCode() + " " + answer.body();
                } catch (IOException e) {
                    last = e.toString();
                }
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException(health + " is not ready: " + last);
    }
}
