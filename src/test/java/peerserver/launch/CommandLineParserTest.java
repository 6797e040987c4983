package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineParserTest {

    private static final String[] ENOUGH = {"-a", "k,topsecret", "-d", "hello,datomic:mem://hello"};

    @Test
    void listensOnPort8998OfLocalhostWithTheBuiltInCertificateByDefault() throws Refusal {
        Options options = CommandLineParser.parse(List.of(ENOUGH));

        assertThat(options.host()).isEqualTo("localhost");
        assertThat(options.port()).isEqualTo(8998);
        assertThat(options.keysFile()).isEmpty();
        assertThat(options.tls()).isEqualTo(new Tls.BuiltIn(false));
    }

    @Test
    void readsTheCommandLineOfDatomicsOwnPeerServer() throws Refusal {
        Options options = CommandLineParser.parse(List.of(
                "-m",
                "datomic.peer-server",
                "-h",
                "127.0.0.1",
                "-p",
                "9000",
                "-a",
                "key,secret",
                "-d",
                "a,datomic:mem://a"));

        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(9000);
        assertThat(options.keys()).containsExactly(new AccessKey("key", "secret"));
        assertThat(options.databases()).containsExactly(new ServedDatabase("a", "datomic:mem://a", Optional.empty()));
    }

    @Test
    void takesEverythingAfterTheFirstCommaAsTheSecretOrTheUri() throws Refusal {
        String secret = "a,b \"c\" 'd' \\ = -x @file ${HOME} %41 ü\n";
        String uri = "datomic:sql://x?jdbc:postgresql://h:5/d?user=u,v&password=p=q:r";

        Options options = CommandLineParser.parse(List.of("-a", "k," + secret, "-d", "x," + uri));

        assertThat(options.keys()).containsExactly(new AccessKey("k", secret));
        assertThat(options.databases()).containsExactly(new ServedDatabase("x", uri, Optional.empty()));
    }

    @Test
    void keepsKeysAndDatabasesInOrder() throws Refusal {
        Options options = CommandLineParser.parse(
                List.of("-d", "b,datomic:mem://b", "-a", "k,1", "-d", "a,datomic:mem://a", "-a", "j,2", "-a", "k,3"));

        assertThat(options.databases()).extracting(ServedDatabase::name).containsExactly("b", "a");
        assertThat(options.keys())
                .containsExactly(new AccessKey("k", "1"), new AccessKey("j", "2"), new AccessKey("k", "3"));
    }

    @Test
    void givesDatabasesTheIdsOfTheOperator() throws Refusal {
        Options options = parseWith("--database-id", "x,one,two", "-d", "x,datomic:mem://x");

        assertThat(options.databases())
                .extracting(ServedDatabase::id)
                .containsExactly(Optional.empty(), Optional.of("one,two"));
    }

    @Test
    void aKeysFileIsEnough() throws Refusal {
        Options options = CommandLineParser.parse(List.of("--keys", "keys.json", "-d", "hello,datomic:mem://hello"));

        assertThat(options.keysFile()).contains(Path.of("keys.json").toAbsolutePath());
    }

    @Test
    void readsTheTlsOptions() throws Refusal {
        assertThat(parseWith("--tls", "datomic").tls()).isEqualTo(new Tls.BuiltIn(true));
        assertThat(parseWith("--tls-keystore", "/k.p12", "--tls-password-file=/p")
                        .tls())
                .isEqualTo(new Tls.Keystore(Path.of("/k.p12"), Optional.of(Path.of("/p")), Optional.empty()));
    }

    @Test
    void stripsTheBracketsOfAnIpv6Address() throws Refusal {
        assertThat(parseWith("-h", "[::1]").host()).isEqualTo("::1");
    }

    @Test
    void isANodeOnItsOwnByDefault() throws Refusal {
        assertThat(CommandLineParser.parse(List.of(ENOUGH)).cluster()).isEmpty();
    }

    @Test
    void readsTheNodesOfACluster() throws Refusal {
        ClusterOptions cluster = parseWith("--cluster", "127.0.0.1:6900,10.0.0.7:6901", "--cluster-secret-file", "/s")
                .cluster()
                .orElseThrow();

        assertThat(cluster.nodes())
                .extracting(GridAddress::toString)
                .containsExactly("127.0.0.1:6900", "10.0.0.7:6901");
        assertThat(cluster.secretFile()).contains(Path.of("/s"));
        assertThat(cluster.loopback()).isFalse();
        assertThat(ClusterOptions.parse("127.0.0.1:6900,127.0.0.2:6900", Optional.empty())
                        .loopback())
                .isTrue();
    }

    @Test
    void refusesMoreNodesThanACopyOfSessionsIsGoodFor() throws Refusal {
        List<String> nodes = IntStream.rangeClosed(1, ClusterOptions.MOST_NODES)
                .mapToObj(node -> "127.0.0." + node + ":6900")
                .toList();

        assertThat(parseWith("--cluster", String.join(",", nodes))
                        .cluster()
                        .orElseThrow()
                        .nodes())
                .hasSize(ClusterOptions.MOST_NODES);
        assertThat(refusal("--cluster", String.join(",", nodes) + ",127.0.0.1:6901")
                        .line())
                .isEqualTo("--cluster needs the addresses of all nodes, 2 to 16 of them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-m other | -m can only be datomic.peer-server",
                "-p 0 | -p needs a port from 1 to 65535",
                "-p 65536 | -p needs a port from 1 to 65535",
                "-p 99999999999 | -p needs a port from 1 to 65535",
                "-p http | -p needs a port from 1 to 65535",
                "-p | -p needs a value",
                "-h 127.0.0.1 -h 127.0.0.2 | -h can be given only once",
                "-a nocomma | -a needs KEY,SECRET, neither of them empty",
                "-a ,secret | -a needs KEY,SECRET, neither of them empty",
                "-a key, | -a needs KEY,SECRET, neither of them empty",
                "-a a\\b,secret | -a: a key cannot contain \\, which stands for / in a signed request",
                "-a schlüssel,secret | -a: a key is made of up to 256 printable ASCII characters",
                "-d hello | -d needs NAME,URI",
                "-d a_b,datomic:mem://a | -d needs NAME,URI, with a name of letters, digits and -",
                "-d ,datomic:mem://a | -d needs NAME,URI, with a name of letters, digits and -",
                "-d a,jdbc:x | -d a: the URI has to begin with datomic:",
                "-d hello,datomic:mem://again | -d hello is given twice",
                "--database-id hello | --database-id needs NAME,ID",
                "--database-id hello, | --database-id needs NAME,ID",
                "--database-id other,a | --database-id goes with a -d of the same name",
                "--database-id hello,a --database-id hello,b | --database-id is given twice for a database",
                "-d b,datomic:mem://b --database-id hello,a --database-id b,a | --database-id gives two databases the same id",
                "--tls own | --tls can only be datomic, the certificate of the peer library",
                "--tls datomic --tls-keystore k | --tls datomic and --tls-keystore exclude each other",
                "--tls-password-file p | --tls-password-file goes with --tls-keystore",
                "--tls-client-ca c | --tls-client-ca goes with --tls-keystore",
                "--cluster 127.0.0.1 | --cluster needs IPv4 addresses with their ports, as 127.0.0.1:6900,127.0.0.1:6901",
                "--cluster 127.0.0.1:6900, | --cluster needs IPv4 addresses with their ports, as 127.0.0.1:6900,127.0.0.1:6901",
                "--cluster [::1]:6900,[::1]:6901 | --cluster needs IPv4 addresses with their ports, as 127.0.0.1:6900,127.0.0.1:6901",
                "--cluster localhost:6900,localhost:6901 | --cluster needs IPv4 addresses with their ports, as 127.0.0.1:6900,127.0.0.1:6901",
                "--cluster 127.0.0.1:0,127.0.0.1:6901 | --cluster needs IPv4 addresses with their ports, as 127.0.0.1:6900,127.0.0.1:6901",
                "--cluster 127.0.0.256:6900,127.0.0.1:6901 | --cluster needs IPv4 addresses with their ports, as 127.0.0.1:6900,127.0.0.1:6901",
                "--cluster 127.0.0.1:65536,127.0.0.1:6901 | --cluster: 127.0.0.1:65536 is no address of a single node",
                "--cluster 0.0.0.0:6900,127.0.0.1:6901 | --cluster: 0.0.0.0:6900 is no address of a single node",
                "--cluster 224.2.2.4:6900,127.0.0.1:6901 | --cluster: 224.2.2.4:6900 is no address of a single node",
                "--cluster 127.0.0.1:6900,127.0.0.1:6900 | --cluster has 127.0.0.1:6900 twice",
                "--cluster 127.0.0.1:6900 | --cluster needs the addresses of all nodes, 2 to 16 of them",
                "--cluster-secret-file s | --cluster-secret-file goes with --cluster",
                "--nope=topsecret | unknown option --nope; bin/run --help lists them",
                "topsecret | argument number 5 is no option; bin/run --help lists them",
                "-xtopsecret | argument number 5 is no option; bin/run --help lists them",
            })
    void refusesWithOneLine(String more, String line) {
        Refusal refusal = refusal(more.split(" "));

        assertThat(refusal.line()).isEqualTo(line);
        assertThat(refusal.exitStatus()).isEqualTo(2);
    }

    @Test
    void needsADatabase() {
        Refusal noDatabase =
                catchThrowableOfType(Refusal.class, () -> CommandLineParser.parse(List.of("-a", "k,topsecret")));

        assertThat(noDatabase.line()).isEqualTo("at least one database is needed: -d NAME,URI");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--a topsecret",
                "-a=topsecret",
                "-p topsecret",
                "-m topsecret",
                "--tls topsecret",
                "-d topsecret",
                "-d topsecret,x",
                "-topsecret",
                "k,topsecret",
                "--topsecret,x"
            })
    void neverRepeatsAValue(String more) {
        assertThat(refusal(more.split(" ")).line())
                .doesNotContain("topsecret,", "k,topsecret")
                .isNotBlank();
    }

    @Test
    void usageNamesEveryOption() throws IOException {
        String usage = Files.readString(PeerServerProcess.checkout().resolve("bin/usage.txt"));

        assertThat(CommandLineParser.names()).hasSizeGreaterThan(8).allSatisfy(option -> assertThat(usage)
                .containsPattern("(?m)^ {2}" + option + "[ ,]"));
    }

    private static Options parseWith(String... more) throws Refusal {
        List<String> arguments = new ArrayList<>(List.of(ENOUGH));
        arguments.addAll(List.of(more));
        return CommandLineParser.parse(arguments);
    }

    private static Refusal refusal(String... more) {
        return catchThrowableOfType(Refusal.class, () -> parseWith(more));
    }
}
