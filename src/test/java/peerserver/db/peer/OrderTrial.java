package peerserver.db.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs the generated queries, in a JVM of its own or in this one, and writes down what they answer. */
final class OrderTrial {

    private OrderTrial() {}

    /** Every query and its rows, one a line. */
    static List<String> lines(long orderOfInsertion) {
        List<String> lines = new ArrayList<>();
        try (TestDatabase database = GeneratedDatabase.create(orderOfInsertion)) {
            for (GeneratedQueries.Generated query : GeneratedQueries.all()) {
                lines.add(query.toString());
                GeneratedQueries.rows(database.value(), query).forEach(row -> lines.add("  " + row));
            }
        }
        return lines;
    }

    /**
     * Writes the lines into a file.
     *
     * @param args the file, and the number of the order of insertion
     */
    public static void main(String[] args) throws IOException {
        int status = 1;
        try {
            Files.write(Path.of(args[0]), lines(Long.parseLong(args[1])));
            status = 0;
        } catch (RuntimeException e) {
            Logger.getLogger(OrderTrial.class.getName()).log(Level.SEVERE, "The trial failed", e);
        } finally {
            // The peer library's threads would keep the JVM alive.
            System.exit(status);
        }
    }
}
