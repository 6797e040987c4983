package peerserver.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import peerserver.work.Drain;

/**
 * Ends connections with their next answer while this node is leaving, so that clients and proxies make new ones elsewhere.
 * HTTP/2 has no header for that.
 *
 * <p>It is declared in {@code web.xml}, so that it comes before filters that answer later.
 */
public class LeavingFilter extends HttpFilter {

    private final transient Drain drain;

    @Inject
    LeavingFilter(Drain drain) {
        this.drain = drain;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (drain.draining() && request.getProtocol().startsWith("HTTP/1")) {
            response.setHeader("Connection", "close");
        }
        chain.doFilter(request, response);
    }
}
