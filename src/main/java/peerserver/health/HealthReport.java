package peerserver.health;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * What MicroProfile Health has a server answer.
 *
 * @param status {@code UP} if every check is
 * @param checks the checks
 */
@JsonbPropertyOrder({"status", "checks"})
public record HealthReport(Status status, List<Check> checks) {

    /**
     * A check.
     *
     * @param name what was checked
     * @param status how it is
     * @param data more about it; may be empty
     */
    @JsonbPropertyOrder({"name", "status", "data"})
    public record Check(String name, Status status, Map<String, Object> data) {

        static Check of(HealthCheckResponse response) {
            return new Check(
                    response.getName(), response.getStatus(), response.getData().orElse(Map.of()));
        }
    }

    static HealthReport of(List<Check> checks) {
        boolean up = checks.stream().allMatch(check -> check.status() == Status.UP);
        return new HealthReport(up ? Status.UP : Status.DOWN, checks);
    }
}
