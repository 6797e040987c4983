package peerserver.launch.trial;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Properties;
import java.util.TreeSet;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NamingException;

/**
 * Tells what it finds: {@code /health} is 503 at first, {@code /jndi} gives what is bound under {@code datomic},
 * {@code /log} logs it, {@code /keys} gives the system property with the files of access keys.
 */
@WebServlet({"/health", "/jndi", "/log", "/keys"})
public class TrialServlet extends HttpServlet {

    private static final Logger LOGGER = Logger.getLogger("peerserver.trial");
    private static final Logger FOREIGN = Logger.getLogger("org.example.library");
    /** Longer than the launcher's patience. */
    private static final long SICK_FOR_NS = 11_500_000_000L;

    private final long started = System.nanoTime();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setCharacterEncoding("UTF-8");
        PrintWriter out = response.getWriter();
        switch (request.getServletPath()) {
            case "/health" -> response.setStatus(System.nanoTime() - started < SICK_FOR_NS ? 503 : 200);
            case "/jndi" -> out.print(bound());
            case "/log" -> {
                LOGGER.info("cannot connect to " + bound());
                FOREIGN.warning("a warning of a library");
                FOREIGN.info("an idle remark of a library");
                System.out.println("printed by somebody");
            }
            case "/keys" -> out.print(System.getProperty("peerserver.keys.files"));
            default -> response.setStatus(404);
        }
    }

    @SuppressWarnings("BanJNDI") // The names are the test's own.
    private static String bound() {
        try {
            InitialContext context = new InitialContext();
            TreeSet<String> lines = new TreeSet<>();
            for (NameClassPair pair : Collections.list(context.list("datomic"))) {
                Properties properties = (Properties) context.lookup("datomic/" + pair.getName());
                properties.forEach((name, value) -> lines.add(pair.getName() + ' ' + name + '=' + value));
            }
            return String.join("\n", lines);
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
    }
}
