package peerserver.security;

import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import peerserver.bench.jmh.Chunk;
import peerserver.bench.jmh.WireFormat;

/** The signature of a large transaction, from headers and body to the caller. */
@State(Scope.Benchmark)
@OperationsPerInvocation(Chunk.ROWS)
public class SignCheckBenchmark {

    @Param
    public WireFormat format = WireFormat.MSGPACK;

    private byte[] body = {};
    private SignableRequest request = new SignableRequest("POST", "/", null, Map.of());
    private SignedRequestReader reader = new SignedRequestReader(Clock.systemUTC(), Duration.ofDays(1));
    private AccessKeyIdentityStore store = new AccessKeyIdentityStore();

    @Setup
    public void sign() throws IOException {
        Path keys = TestKeys.file(
                Files.createTempDirectory("bench"), "[{\"key\": \"key\", \"secrets\": [{\"secret\": \"secret\"}]}]");
        store = new AccessKeyIdentityStore(TestKeys.of(Clock.systemUTC(), keys));
        body = format.codec().encode(Chunk.ofEntities());
        request = new SignableRequest("POST", "/", null, ClientSigner.sign("key", "secret", "/", null, body));
    }

    @Benchmark
    public CredentialValidationResult ours() throws RefusedRequestException {
        CredentialValidationResult result = store.validate(reader.read(request).credential(body));
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            throw new IllegalStateException("refused");
        }
        return result;
    }
}
