package peerserver.security;

import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import peerserver.bench.jmh.WireFormat;
import peerserver.code.CodeCheck;
import peerserver.config.CodeConfig;
import peerserver.config.MapConfig;
import peerserver.form.QueryForm;
import peerserver.wire.EdnCodec;

/** All that a query of one row is checked for: signature, caller, grant and form; a row stands for a query. */
@State(Scope.Benchmark)
public class ChecksBenchmark {

    private static final Object QUERY = EdnCodec.readString("[:find ?name ?price :in $ ?id :where [?e :item/id ?id]"
            + " [?e :item/name ?name] [(get-else $ ?e :item/price 0) ?price]]");

    private final SignedRequestReader reader = new SignedRequestReader(Clock.systemUTC(), Duration.ofDays(1));
    private final CodeCheck check =
            new CodeCheck(CodeConfig.from(new MapConfig(Map.of())), ChecksBenchmark.class.getClassLoader());
    private final QueryForm form = QueryForm.parse(QUERY);
    private final List<?> args = List.of(Map.of(), 17L);
    private byte[] body = {};
    private SignableRequest request = new SignableRequest("POST", "/", null, Map.of());
    private AccessKeys keys = new AccessKeys();
    private AccessKeyIdentityStore store = new AccessKeyIdentityStore();

    @Setup
    public void sign() throws IOException {
        Path file = TestKeys.file(
                Files.createTempDirectory("bench"),
                "[{\"key\": \"key\", \"secrets\": [{\"secret\": \"secret\"}],"
                        + " \"grants\": [{\"databases\": [\"bench-*\"], \"allow\": [\"read\"]}]}]");
        keys = TestKeys.of(Clock.systemUTC(), file);
        store = new AccessKeyIdentityStore(keys);
        body = WireFormat.MSGPACK.codec().encode(Map.of("query", QUERY, "args", List.of(Map.of("t", 1_000L), 17L)));
        request = new SignableRequest("POST", "/", null, ClientSigner.sign("key", "secret", "/", null, body));
    }

    @Benchmark
    public Object ours() throws RefusedRequestException {
        CredentialValidationResult result = store.validate(reader.read(request).credential(body));
        Caller caller = keys.caller(result.getCallerPrincipal().getName()).orElseThrow();
        if (!caller.may(Right.READ, "bench-1")) {
            throw new IllegalStateException("refused");
        }
        return check.query(form, args);
    }
}
