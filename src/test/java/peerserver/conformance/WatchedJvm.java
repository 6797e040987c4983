package peerserver.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The JVM of a server, seen from outside by the JDK's own tools.
 *
 * @param pid its process
 */
record WatchedJvm(long pid) {

    /** As G1, the serial and the parallel collector call them. */
    private static final List<String> PARTS_OF_HEAP =
            List.of("garbage-first heap", "generation", "PSYoungGen", "ParOldGen");

    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    /** The stacks of threads that work for requests: our own code on them, or the peer library's query threads. */
    List<String> working() throws IOException, InterruptedException {
        return threads()
                .filter(stack -> (stack.startsWith("query-") && !stack.contains("WAITING (parking)"))
                        || stack.contains("at peerserver.http."))
                .toList();
    }

    /** How many threads there are. */
    long count() throws IOException, InterruptedException {
        return threads().count();
    }

    private Stream<String> threads() throws IOException, InterruptedException {
        return Stream.of(jcmd("Thread.print").split("\n\"", -1)).skip(1);
    }

    /** What is in use after a collection of the whole heap, in MB. */
    long usedMb() throws IOException, InterruptedException {
        jcmd("GC.run");
        long sum = 0;
        for (String line : jcmd("GC.heap_info").split("\n", -1)) {
            Matcher matcher = USED.matcher(line);
            if (PARTS_OF_HEAP.stream().anyMatch(line::contains) && matcher.find()) {
                sum += Long.parseLong(matcher.group(1));
            }
        }
        return sum >> 10;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
