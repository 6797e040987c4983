package peerserver.operate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogManager;
import peerserver.db.Catalog;
import peerserver.db.local.LocalCatalog;
import peerserver.db.peer.PeerCatalog;
import peerserver.wire.AnomalyException;

/** {@code create-database}, {@code list-databases} and {@code delete-database}, as {@code bin/} starts them. */
public final class DatabaseCommand {

    private static final int DONE = 0;
    private static final int NOT_DONE = 1;
    private static final int WRONG_ARGUMENTS = 2;

    private final List<Catalog> catalogs;
    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;

    DatabaseCommand(List<Catalog> catalogs, Reader in, PrintStream out, PrintStream err) {
        this.catalogs = catalogs;
        this.in = new BufferedReader(in);
        this.out = out;
        this.err = err;
    }

    /**
     * Carries out a command and ends the process.
     *
     * @param args the name of the command, and a file with its arguments, a line each
     */
    @SuppressWarnings("SystemOut") // a command writes there
    public static void main(String[] args) throws IOException {
        // What goes wrong is said in one line; the libraries' own remarks are of no use here.
        LogManager.getLogManager().reset();
        List<Catalog> catalogs = List.of(new LocalCatalog(), new PeerCatalog());
        Reader in = new InputStreamReader(System.in, Charset.defaultCharset());
        int status = new DatabaseCommand(catalogs, in, System.out, System.err)
                .run(args[0], Files.readAllLines(Path.of(args[1])));
        // The libraries keep threads of their own.
        System.exit(status);
    }

    /** Carries out a command, and gives the exit status. */
    int run(String command, List<String> arguments) throws IOException {
        boolean deletes = command.equals("delete-database");
        List<String> uris = new ArrayList<>(arguments);
        uris.removeIf(String::isEmpty);
        boolean confirmed = deletes && uris.remove("--yes");
        if (uris.size() != 1 || uris.get(0).startsWith("-")) {
            return ended(command, WRONG_ARGUMENTS, "needs one URI" + (deletes ? " and takes --yes" : ""));
        }
        String uri = uris.get(0);
        try {
            Catalog catalog = catalogs.stream()
                    .filter(candidate -> candidate.knows(uri))
                    .findFirst()
                    .orElseThrow(() -> AnomalyException.incorrect("The URI has to begin with datomic:"));
            return switch (command) {
                case "create-database" -> create(catalog, uri);
                case "list-databases" -> list(catalog, uri);
                case "delete-database" -> delete(catalog, uri, confirmed);
                default -> ended(command, WRONG_ARGUMENTS, "is no command");
            };
        } catch (AnomalyException e) {
            return ended(command, NOT_DONE, e.anomaly().message());
        }
    }

    private int create(Catalog catalog, String uri) {
        out.println(catalog.create(uri) ? "Created " + name(uri) : name(uri) + " exists already");
        return DONE;
    }

    private int list(Catalog catalog, String uri) {
        catalog.names(uri).forEach(out::println);
        return DONE;
    }

    private int delete(Catalog catalog, String uri, boolean confirmed) throws IOException {
        String name = name(uri);
        if (!confirmed) {
            out.print("This deletes the database and all its history. Its name, to go on: ");
            out.flush();
            if (!name.equals(in.readLine())) {
                return ended("delete-database", NOT_DONE, "nothing was deleted");
            }
        }
        if (!catalog.delete(uri)) {
            return ended("delete-database", NOT_DONE, "there is no database " + name);
        }
        out.println("Deleted " + name);
        return DONE;
    }

    private int ended(String command, int status, String why) {
        err.println(command + ": " + why);
        return status;
    }

    /** The name of the database: in every kind of URI the last step of the path. */
    private static String name(String uri) {
        String path = uri.split("\\?", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
