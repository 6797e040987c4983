package peerserver.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import peerserver.config.HttpConfig;

/**
 * Has browsers do nothing with an answer but show it: not guess its type, run, embed or keep it, nor tell others of its
 * address. The client protocol, which is {@code POST}, is not for browsers and goes without.
 *
 * <p>It is declared in {@code web.xml}, so that it comes before filters that refuse requests.
 */
public class BrowserHeadersFilter extends HttpFilter {

    private final long hstsSeconds;

    @Inject
    BrowserHeadersFilter(HttpConfig config) {
        this.hstsSeconds = config.hstsSeconds();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!"POST".equals(request.getMethod())) {
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("Referrer-Policy", "no-referrer");
            if (hstsSeconds > 0) {
                response.setHeader("Strict-Transport-Security", "max-age=" + hstsSeconds);
            }
        }
        chain.doFilter(request, response);
    }
}
