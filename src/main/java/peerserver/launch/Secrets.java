package peerserver.launch;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must not reach a log, wherever it comes from: libraries like to put the URI they could not connect to into their
 * messages.
 *
 * @param values the longest first
 */
record Secrets(List<String> values) {

    /** Shorter ones would make the log illegible, and would be guessed anyway. */
    private static final int SHORTEST = 4;

    /** The password of the documentation's SQL storage: everybody knows it, and the log is full of that word. */
    private static final String NO_SECRET = "datomic";

    private static final Pattern URI_PARAMETER = Pattern.compile(
            "(?:password|passwd|pwd|secret|aws_secret_key|secret_key|token)=([^&;]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("//[^/?#:@]*:([^/?#]+)@");

    Secrets {
        values = List.copyOf(values);
    }

    /** The secrets of the command line. */
    static Secrets of(Options options) {
        Set<String> values = new LinkedHashSet<>();
        options.keys().forEach(key -> values.add(key.secret()));
        for (ServedDatabase database : options.databases()) {
            addGroups(URI_PARAMETER.matcher(database.uri()), values);
            addGroups(USER_INFO.matcher(database.uri()), values);
        }
        values.removeIf(value -> value.length() < SHORTEST || value.equals(NO_SECRET));
        List<String> sorted = new ArrayList<>(values);
        sorted.sort(Comparator.comparingInt(String::length).reversed());
        return new Secrets(sorted);
    }

    /** These and the name by which nodes join a cluster, which the data grid puts into each of its lines. */
    Secrets and(ClusterSecret cluster) {
        List<String> more = new ArrayList<>();
        if (cluster.given()) {
            more.add(cluster.name());
        }
        more.addAll(values);
        return new Secrets(more);
    }

    /** The text with every secret blotted out. */
    String redact(String text) {
        String redacted = text;
        for (String value : values) {
            redacted = redacted.replace(value, "***");
        }
        return redacted;
    }

    @Override
    public String toString() {
        return "Secrets[" + values.size() + ']';
    }

    private static void addGroups(Matcher matcher, Set<String> values) {
        while (matcher.find()) {
            String value = matcher.group(1);
            values.add(value);
            try {
                values.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // Not encoded, then.
            }
        }
    }
}
