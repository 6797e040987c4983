package peerserver.security;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rights on the databases that one of some patterns matches.
 *
 * @param databases patterns of database names, in which {@code *} stands for any run of characters
 * @param rights what is allowed on each of them
 */
public record Grant(List<Pattern> databases, Set<Right> rights) {

    /** Every right on every database, which keys given on the command line have. */
    public static final Grant EVERYTHING = Grant.of(List.of("*"), Set.of(Right.values()));

    public Grant {
        databases = List.copyOf(databases);
        rights = Set.copyOf(rights);
    }

    /** A grant on databases named by globs. */
    public static Grant of(List<String> globs, Set<Right> rights) {
        return new Grant(globs.stream().map(Grant::glob).toList(), rights);
    }

    /** Whether this grant gives {@code right} on the database of that name. */
    public boolean allows(Right right, String database) {
        return rights.contains(right)
                && databases.stream()
                        .anyMatch(pattern -> pattern.matcher(database).matches());
    }

    private static Pattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String literal : glob.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(literal.isEmpty() ? "(?:)" : Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString());
    }
}
