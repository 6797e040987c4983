package peerserver.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import peerserver.db.ServedDatabase;
import peerserver.db.ServedDatabase.State;
import peerserver.health.HealthReport.Check;
import peerserver.op.DbValues;
import peerserver.security.Caller;
import peerserver.security.SignedRequest;

/**
 * MicroProfile Health on the port of the application, where not every server has it: {@code /health} and its parts
 * {@code live}, {@code ready} and {@code started}. Anybody may ask; who signs the request is told of each database that
 * the access key may read.
 */
@WebServlet(
        urlPatterns = {"/health", "/health/*"},
        asyncSupported = true)
public class HealthServlet extends HttpServlet {

    private static final Jsonb JSON = JsonbBuilder.create();

    private final transient Map<String, Instance<HealthCheck>> checks;
    private final transient DbValues values;

    @Inject
    HealthServlet(
            @Liveness Instance<HealthCheck> live,
            @Readiness Instance<HealthCheck> ready,
            @Startup Instance<HealthCheck> started,
            DbValues values) {
        this.checks = new TreeMap<>(Map.of("/live", live, "/ready", ready, "/started", started));
        this.values = values;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String part = Optional.ofNullable(request.getPathInfo()).orElse("/");
        List<Check> asked = new ArrayList<>();
        checks.forEach((path, beans) -> {
            if (path.equals(part) || part.equals("/")) {
                beans.forEach(bean -> asked.add(Check.of(bean.call())));
            }
        });
        if (asked.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (!part.equals("/live") && !part.equals("/started")) {
            SignedRequest.of(request).stream()
                    .map(SignedRequest::caller)
                    .flatMap(this::databases)
                    .forEach(asked::add);
        }
        write(HealthReport.of(asked), response);
    }

    private static void write(HealthReport report, HttpServletResponse response) throws IOException {
        byte[] body = JSON.toJson(report).getBytes(UTF_8);
        response.setStatus(
                report.status() == Status.UP ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private Stream<Check> databases(Caller caller) {
        return values.visibleTo(caller).stream().map(HealthServlet::check);
    }

    /** A database that nobody requires is no reason to be down. */
    private static Check check(ServedDatabase database) {
        boolean up = database.state() == State.CONNECTED || !database.resource().required();
        Map<String, Object> data = new TreeMap<>();
        data.put("state", database.state().label());
        data.put("since", database.since().toString());
        data.put("required", database.resource().required());
        if (database.engine() != null) {
            data.put("engine", database.engine());
        }
        database.basisT().ifPresent(t -> data.put("basis-t", t));
        database.lastTrouble().ifPresent(trouble -> {
            data.put("last-error", trouble.reason());
            data.put("last-error-at", trouble.at().toString());
        });
        return new Check("database " + database.name(), up ? Status.UP : Status.DOWN, data);
    }
}
