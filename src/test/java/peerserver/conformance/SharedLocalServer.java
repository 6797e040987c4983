package peerserver.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import peerserver.Directories;
import peerserver.launch.OperatorCommand;

/**
 * Gives suites the one server with databases of Datomic Local that all of them share; the databases are created by
 * operators' commands, and gone afterwards.
 */
public final class SharedLocalServer extends SharedServer {

    @Override
    RunningServer start() {
        Path storage = temporaryDirectory();
        Map<String, String> databases =
                Target.DATABASES.stream().collect(Collectors.toMap(Function.identity(), name -> uri(storage, name)));
        Target.DATABASES.forEach(name -> OperatorCommand.run("create-database", uri(storage, name)));
        return RunningServer.start(TestedEngine.DATOMIC_LOCAL, databases, () -> Directories.delete(storage));
    }

    private static String uri(Path storage, String name) {
        return "datomic:local://conformance/" + name + "?storage-dir=" + storage;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("datomic-local");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
