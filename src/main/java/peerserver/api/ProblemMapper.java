package peerserver.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import peerserver.op.Failures;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;

/** Answers whatever goes wrong as a {@link Problem}. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException refused) {
            int status = refused.getResponse().getStatus();
            return response(
                    status,
                    category(status),
                    refused.getResponse().getStatusInfo().getReasonPhrase());
        }
        Anomaly anomaly = Failures.anomaly(thrown);
        return response(anomaly.category().httpStatus(), anomaly.category(), anomaly.message());
    }

    private static Category category(int status) {
        return Arrays.stream(Category.values())
                .filter(category -> category.httpStatus() == status)
                .findFirst()
                .orElse(status < 500 ? Category.INCORRECT : Category.FAULT);
    }

    private static Response response(int status, Category category, String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Problem(category.label(), message))
                .build();
    }
}
