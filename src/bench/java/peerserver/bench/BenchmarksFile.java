package peerserver.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** BENCHMARKS.md: prose, and between markers what the last complete run of each part has measured. */
record BenchmarksFile(Path path) {

    /** Replaces what stands between the markers of a part. */
    void write(String part, String measured) throws IOException {
        String begin = "<!-- measured: " + part + " -->\n";
        String end = "<!-- end: " + part + " -->";
        String text = Files.readString(path);
        int from = text.indexOf(begin);
        int to = text.indexOf(end, from);
        if (from < 0 || to < 0) {
            throw new IllegalStateException(path + " has no place for " + part);
        }
        Files.writeString(path, text.substring(0, from + begin.length()) + measured + "\n" + text.substring(to));
    }
}
