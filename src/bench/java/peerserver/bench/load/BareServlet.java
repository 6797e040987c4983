package peerserver.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Container and engine, and nothing else: makes the call of a line with any item on a database of the bench's data, and
 * answers every request with one and the same list of databases, without asking who sent it. Which line is said by the
 * access key.
 */
@WebServlet(
        urlPatterns = {"", "/health"},
        loadOnStartup = 1)
public class BareServlet extends HttpServlet {

    /** {@code {:result ["bench"]}} in MessagePack. */
    private static final byte[] ANSWER = "\u0081\u00a8~:result\u0091\u00a5bench".getBytes(ISO_8859_1);

    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/]+)/");

    private final EngineSubject engine = new EngineSubject();

    @Override
    public void init() {
        engine.load();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getInputStream().readAllBytes();
        line(request).call().on(engine, ThreadLocalRandom.current().nextInt(Items.COUNT));
        response.setContentType("application/transit+msgpack");
        response.setContentLength(ANSWER.length);
        response.getOutputStream().write(ANSWER);
    }

    private static Line line(HttpServletRequest request) {
        Matcher accessKey = ACCESS_KEY.matcher(request.getHeader("Authorization"));
        if (!accessKey.find()) {
            throw new IllegalArgumentException("no access key");
        }
        return Line.called(accessKey.group(1));
    }
}
