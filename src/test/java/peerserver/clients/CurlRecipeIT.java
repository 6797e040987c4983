package peerserver.clients;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.Keyword;
import clojure.lang.RT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import peerserver.conformance.SharedPeerServer;
import peerserver.conformance.Target;
import peerserver.launch.PeerServerProcess;

/** The recipe for curl in the README works as it stands there, the port aside. */
@ExtendWith(SharedPeerServer.class)
class CurlRecipeIT {

    private static final IFn READ = Clojure.var("clojure.edn", "read-string");
    private static final Object TAGGED_AS_VECTORS =
            RT.map(Keyword.intern("default"), Clojure.var("clojure.core", "vector"));

    private final Target target;

    CurlRecipeIT(Target target) {
        this.target = target;
    }

    @Test
    void theRecipeInTheReadmeWorksWordForWord() throws IOException {
        Path checkout = PeerServerProcess.checkout();
        String recipe =
                recipe(Files.readString(checkout.resolve("README.md"))).replace("localhost:8998", target.endpoint());

        ClientProgram program = ClientProgram.run(checkout, Map.of(), List.of("sh", "-euc", recipe));

        assertThat(program.status()).as(program.output()).isZero();
        List<Map<?, ?>> answers = program.output()
                .lines()
                .<Map<?, ?>>map(line -> (Map<?, ?>) READ.invoke(TAGGED_AS_VECTORS, line))
                .toList();
        assertThat(answers).hasSize(5);
        assertThat(items(answers.get(0), "result").contains(Target.HELLO)).isTrue();
        assertThat(answers.subList(1, 3))
                .allSatisfy(report -> assertThat(items(report, "tx-data")).isNotEmpty());
        assertThat(answers.get(3).get(Keyword.intern("next-token"))).isInstanceOf(String.class);
        List<Object> cities = new ArrayList<>(items(answers.get(3), "data"));
        assertThat(cities).hasSize(2);
        cities.addAll(items(answers.get(4), "data"));
        assertThat(cities).containsExactlyInAnyOrder(List.of("Oslo"), List.of("Pisa"), List.of("Rio"));
        assertThat(answers.get(4).get(Keyword.intern("next-token"))).isNull();
    }

    /** The shell commands of the section that is about doing without a JVM. */
    private static String recipe(String readme) {
        String section = readme.substring(readme.indexOf("### Without a JVM"));
        String fenced = section.substring(section.indexOf("```sh\n") + 6);
        return fenced.substring(0, fenced.indexOf("```"));
    }

    private static List<?> items(Map<?, ?> answer, String name) {
        return answer.get(Keyword.intern(name)) instanceof List<?> list ? list : List.of();
    }
}
