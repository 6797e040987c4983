package peerserver.bench.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers every request with one and the same list of databases, without asking who sent it. */
@WebServlet({"", "/health"})
public class BareServlet extends HttpServlet {

    /** {@code {:result ["bench"]}} in MessagePack. */
    private static final byte[] ANSWER = "\u0081\u00a8~:result\u0091\u00a5bench".getBytes(ISO_8859_1);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getInputStream().readAllBytes();
        response.setContentType("application/transit+msgpack");
        response.setContentLength(ANSWER.length);
        response.getOutputStream().write(ANSWER);
    }
}
