package peerserver.config;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * What confined code may call beyond the functions that anybody's may, and what it may give them.
 *
 * @param allowed {@value #ALLOWED}, separated by commas: symbols as they stand in queries and transactions, such as
 *     {@code my.app/f}, {@code java.util.Arrays/equals} or {@code .split}, and idents of transaction functions, such as
 *     {@code :my/f}; none by default
 * @param maxText {@code peerserver.code.max-text}, characters, or bytes of a byte array: the longest text in a query, its
 *     arguments and a transaction. Of a text functions make a sequence that takes forty times its room, and nothing ends
 *     them at it. 1,048,576 by default
 */
public record CodeConfig(List<String> allowed, int maxText) {

    /** Name of the property for {@link #allowed}. */
    public static final String ALLOWED = "peerserver.code.allowed";

    private static final String MAX_TEXT = "peerserver.code.max-text";
    private static final Pattern NAME = Pattern.compile("[^\\s,;\"()\\[\\]{}?$%@^`~][^\\s,;\"()\\[\\]{}@^`~]*");

    public CodeConfig {
        allowed = List.copyOf(allowed);
        Settings.positive(MAX_TEXT, maxText);
        for (String name : allowed) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(ALLOWED + " must be symbols and idents, but has " + name);
            }
        }
    }

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException for what is no symbol and no ident, and for a length that is not positive
     */
    public static CodeConfig from(Config config) {
        return new CodeConfig(
                config.getOptionalValues(ALLOWED, String.class).orElse(List.of()).stream()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList(),
                Settings.intOr(config, MAX_TEXT, 1_048_576));
    }
}
