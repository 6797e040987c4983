package peerserver.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Turns arguments into {@link Options}. Its messages repeat names of options, never values, since any value may be a
 * secret in the wrong place.
 */
final class CommandLineParser {

    private static final String MAIN = "datomic.peer-server";
    private static final Set<String> SINGLE = Set.of(
            "-m",
            "-h",
            "-p",
            "--keys",
            "--tls-keystore",
            "--tls-password-file",
            "--tls-client-ca",
            "--tls",
            "--cluster",
            "--cluster-secret-file");
    private static final Set<String> REPEATABLE = Set.of("-a", "-d", "--database-id");
    private static final Pattern LONG_OPTION = Pattern.compile("(--[a-z][a-z-]*)(=.*)?", Pattern.DOTALL);

    private CommandLineParser() {}

    /** Checks the arguments, in the order in which an operator would want to hear of mistakes. */
    static Options parse(List<String> arguments) throws Refusal {
        ParseResult result = match(arguments);
        String main = value(result, "-m");
        if (main != null && !main.equals(MAIN)) {
            throw Refusal.ofArgument("-m can only be " + MAIN);
        }
        List<AccessKey> keys = new ArrayList<>();
        for (String argument : values(result, "-a")) {
            keys.add(AccessKey.parse(argument));
        }
        Optional<Path> keysFile = path(result, "--keys");
        List<ServedDatabase> databases = databases(values(result, "-d"), ids(values(result, "--database-id")));
        if (databases.isEmpty()) {
            throw Refusal.ofArgument("at least one database is needed: -d NAME,URI");
        }
        return new Options(host(result), port(result), keys, keysFile, databases, tls(result), cluster(result));
    }

    /** The options there are, for whoever checks that they are documented. */
    static Set<String> names() {
        Set<String> names = new HashSet<>(SINGLE);
        names.addAll(REPEATABLE);
        return names;
    }

    private static ParseResult match(List<String> arguments) throws Refusal {
        CommandSpec spec = CommandSpec.create();
        for (String name : SINGLE) {
            spec.addOption(OptionSpec.builder(name).type(String.class).build());
        }
        for (String name : REPEATABLE) {
            spec.addOption(OptionSpec.builder(name)
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("1")
                    .build());
        }
        CommandLine commandLine = new CommandLine(spec).setExpandAtFiles(false).setInterpolateVariables(false);
        try {
            return commandLine.parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.OverwrittenOptionException e) {
            throw Refusal.ofArgument(name(e.getOverwritten()) + " can be given only once");
        } catch (CommandLine.MissingParameterException e) {
            throw Refusal.ofArgument(name(e.getMissing().get(0)) + " needs a value");
        } catch (CommandLine.UnmatchedArgumentException e) {
            throw Refusal.ofArgument(describe(e.getUnmatched().get(0), arguments));
        } catch (CommandLine.ParameterException e) {
            throw Refusal.ofArgument("the arguments cannot be understood; bin/run --help lists them");
        }
    }

    private static String name(CommandLine.Model.ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : "an argument";
    }

    private static String describe(String unmatched, List<String> arguments) {
        Matcher matcher = LONG_OPTION.matcher(unmatched);
        String what = matcher.matches()
                ? "unknown option " + matcher.group(1)
                : "argument number " + (arguments.indexOf(unmatched) + 1) + " is no option";
        return what + "; bin/run --help lists them";
    }

    private static List<ServedDatabase> databases(List<String> arguments, Map<String, String> ids) throws Refusal {
        List<ServedDatabase> databases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String argument : arguments) {
            ServedDatabase database = ServedDatabase.parse(argument);
            if (!names.add(database.name())) {
                throw Refusal.ofArgument("-d " + database.name() + " is given twice");
            }
            String id = ids.get(database.name());
            databases.add(id == null ? database : database.withId(id));
        }
        if (!names.containsAll(ids.keySet())) {
            throw Refusal.ofArgument("--database-id goes with a -d of the same name");
        }
        return databases;
    }

    private static Map<String, String> ids(List<String> arguments) throws Refusal {
        Map<String, String> ids = new HashMap<>();
        for (String argument : arguments) {
            int comma = argument.indexOf(',');
            if (comma < 1 || argument.substring(comma + 1).isBlank()) {
                throw Refusal.ofArgument("--database-id needs NAME,ID");
            }
            if (ids.put(argument.substring(0, comma), argument.substring(comma + 1)) != null) {
                throw Refusal.ofArgument("--database-id is given twice for a database");
            }
        }
        if (new HashSet<>(ids.values()).size() < ids.size()) {
            throw Refusal.ofArgument("--database-id gives two databases the same id");
        }
        return ids;
    }

    private static String host(ParseResult result) throws Refusal {
        String host = value(result, "-h");
        if (host == null) {
            return "localhost";
        }
        if (host.isBlank()) {
            throw Refusal.ofArgument("-h needs a name or an address");
        }
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(ParseResult result) throws Refusal {
        String port = value(result, "-p");
        if (port == null) {
            return 8998;
        }
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            throw Refusal.ofArgument("-p needs a port from 1 to 65535");
        }
        return Integer.parseInt(port);
    }

    private static Tls tls(ParseResult result) throws Refusal {
        String builtIn = value(result, "--tls");
        Optional<Path> keystore = path(result, "--tls-keystore");
        Optional<Path> passwordFile = path(result, "--tls-password-file");
        Optional<Path> clientAuthority = path(result, "--tls-client-ca");
        if (builtIn != null && !builtIn.equals("datomic")) {
            throw Refusal.ofArgument("--tls can only be datomic, the certificate of the peer library");
        }
        if (keystore.isEmpty()) {
            if (passwordFile.isPresent()) {
                throw Refusal.ofArgument("--tls-password-file goes with --tls-keystore");
            }
            if (clientAuthority.isPresent()) {
                throw Refusal.ofArgument("--tls-client-ca goes with --tls-keystore");
            }
            return new Tls.BuiltIn(builtIn != null);
        }
        if (builtIn != null) {
            throw Refusal.ofArgument("--tls datomic and --tls-keystore exclude each other");
        }
        return new Tls.Keystore(keystore.get(), passwordFile, clientAuthority);
    }

    private static Optional<ClusterOptions> cluster(ParseResult result) throws Refusal {
        String nodes = value(result, "--cluster");
        Optional<Path> secretFile = path(result, "--cluster-secret-file");
        if (nodes != null) {
            return Optional.of(ClusterOptions.parse(nodes, secretFile));
        }
        if (secretFile.isPresent()) {
            throw Refusal.ofArgument("--cluster-secret-file goes with --cluster");
        }
        return Optional.empty();
    }

    private static Optional<Path> path(ParseResult result, String option) throws Refusal {
        String value = value(result, option);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(value).toAbsolutePath());
        } catch (java.nio.file.InvalidPathException e) {
            throw Refusal.ofArgument(option + " needs the path of a file");
        }
    }

    private static @Nullable String value(ParseResult result, String option) {
        return result.matchedOptionValue(option, (String) null);
    }

    private static List<String> values(ParseResult result, String option) {
        return result.matchedOptionValue(option, List.of());
    }
}
