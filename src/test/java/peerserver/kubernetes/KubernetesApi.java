package peerserver.kubernetes;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The schemas of Kubernetes' API, which its official client is made from: what a kind must have, may have, and of which type.
 */
final class KubernetesApi {

    private static final Map<String, Kind> KINDS = Map.of(
            "apps/v1 Deployment", new Kind(V1Deployment.class, V1Deployment::validateJsonElement),
            "apps/v1 StatefulSet", new Kind(V1StatefulSet.class, V1StatefulSet::validateJsonElement),
            "v1 Service", new Kind(V1Service.class, V1Service::validateJsonElement),
            "policy/v1 PodDisruptionBudget",
                    new Kind(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement),
            "networking.k8s.io/v1 NetworkPolicy",
                    new Kind(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement));

    static {
        // Whose constructor makes its Gson.
        new JSON();
    }

    private KubernetesApi() {}

    private record Kind(Class<?> model, Validation validation) {}

    private interface Validation {
        void check(JsonElement document) throws IOException;
    }

    /**
     * Checks a document by the schema of its kind.
     *
     * @throws IllegalArgumentException when it has what the schema does not have, or lacks what that demands, or has a value
     *     that is not of its type and would become another
     */
    static void check(JsonObject document) {
        Kind kind = KINDS.get(document.get("apiVersion").getAsString()
                + ' '
                + document.get("kind").getAsString());
        if (kind == null) {
            throw new IllegalArgumentException("no such kind: " + document);
        }
        try {
            kind.validation.check(document);
            JsonElement understood = JSON.getGson().toJsonTree(JSON.getGson().fromJson(document, kind.model));
            if (!holds(understood, document)) {
                throw new IllegalArgumentException("understood otherwise: " + document + " as " + understood);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Whether nothing of it became another; what is left out may have a default. */
    private static boolean holds(JsonElement understood, JsonElement written) {
        if (understood instanceof JsonObject one && written instanceof JsonObject other) {
            return other.asMap().entrySet().stream()
                    .allMatch(entry -> one.has(entry.getKey()) && holds(one.get(entry.getKey()), entry.getValue()));
        }
        if (understood instanceof JsonArray one && written instanceof JsonArray other) {
            return one.size() == other.size()
                    && IntStream.range(0, one.size()).allMatch(i -> holds(one.get(i), other.get(i)));
        }
        return understood.equals(written);
    }
}
