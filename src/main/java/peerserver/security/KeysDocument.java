package peerserver.security;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document that declares access keys:
 *
 * <pre>{@code
 * [{"key": "reporting",
 *   "secrets": [{"secret": "…", "not-before": "2026-01-01T00:00:00Z", "expires": "2027-01-01T00:00:00Z"}],
 *   "grants": [{"databases": ["sales-*"], "allow": ["read"]}],
 *   "code": "confined"}]
 * }</pre>
 *
 * <p>Instead of {@code secret} there may be {@code secret-file}, the path of a file that holds nothing else, or {@code
 * secret-from}, the name of a property of the configuration. {@code not-before} and {@code expires} are optional. Without {@code grants} a key may do nothing, without
 * {@code code} its code is confined. Members of other names are refused, so that a misspelt {@code expires} is no licence
 * for ever.
 */
final class KeysDocument {

    /** Kept, because each call of {@code Json} looks through all jars for it. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    /** A next-token holds the key and has to fit into a header. */
    private static final int LONGEST_KEY = 256;

    private static final List<String> WHERE_SECRETS_ARE = List.of("secret", "secret-file", "secret-from");
    private static final Set<String> SECRET_MEMBERS =
            Set.of("secret", "secret-file", "secret-from", "not-before", "expires");

    /** Where secrets come from that the document only refers to. */
    interface Elsewhere {

        /** What the file holds. */
        String file(Path path) throws IOException;

        /** The value of a property; null when it has none. */
        @Nullable String property(String name);
    }

    private final String source;
    private final String text;
    private final Elsewhere elsewhere;
    private String place = "";

    private KeysDocument(String source, String text, Elsewhere elsewhere) {
        this.source = source;
        this.text = text;
        this.elsewhere = elsewhere;
    }

    /**
     * The keys that a document declares.
     *
     * @param source what to call the document
     * @throws KeysException naming the source, the place in it and the problem, and no secret
     */
    static List<AccessKey> read(String source, String text, Elsewhere elsewhere) {
        return new KeysDocument(source, text, elsewhere).keys();
    }

    private List<AccessKey> keys() {
        List<AccessKey> keys = new ArrayList<>();
        for (JsonValue value : array(json(), "it")) {
            place = "entry " + (keys.size() + 1) + ": ";
            keys.add(key(object(value, "it", Set.of("key", "secrets", "grants", "code"))));
        }
        return keys;
    }

    private JsonValue json() {
        // Messages of the parser may quote what they stumbled over: only the position is passed on.
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (JsonParsingException e) {
            throw problem("no JSON: line " + e.getLocation().getLineNumber() + ", column "
                    + e.getLocation().getColumnNumber());
        } catch (JsonException e) {
            throw problem("no JSON");
        }
    }

    private AccessKey key(JsonObject entry) {
        String name = string(entry.get("key"), "\"key\"");
        if (name.indexOf('\\') >= 0) {
            throw problem("a key must not hold \\, which stands for / in signed requests");
        }
        if (name.isBlank() || !name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw problem("a key must be of printable ASCII characters, all that a request's header can carry");
        }
        if (name.length() > LONGEST_KEY) {
            throw problem("a key must not be longer than " + LONGEST_KEY + " characters");
        }
        List<Secret> secrets = new ArrayList<>();
        for (JsonValue secret : array(entry.get("secrets"), "\"secrets\"")) {
            secrets.add(secret(name, object(secret, "a secret", SECRET_MEMBERS)));
        }
        if (secrets.isEmpty()) {
            throw problem("\"secrets\" must not be empty");
        }
        List<Grant> grants = new ArrayList<>();
        for (JsonValue grant : array(entry.getOrDefault("grants", JsonValue.EMPTY_JSON_ARRAY), "\"grants\"")) {
            grants.add(grant(object(grant, "a grant", Set.of("databases", "allow"))));
        }
        return new AccessKey(name, secrets, grants, trusted(entry.get("code")));
    }

    private Secret secret(String key, JsonObject entry) {
        String secret = secretText(entry);
        Instant notBefore = instant(entry.get("not-before"), "\"not-before\"");
        Instant expires = instant(entry.get("expires"), "\"expires\"");
        if (notBefore != null && expires != null && !notBefore.isBefore(expires)) {
            throw problem("\"not-before\" must come before \"expires\"");
        }
        return new Secret(key, secret, notBefore, expires);
    }

    private String secretText(JsonObject entry) {
        List<String> given =
                WHERE_SECRETS_ARE.stream().filter(entry::containsKey).toList();
        if (given.size() != 1) {
            throw problem("a secret needs one of \"" + String.join("\", \"", WHERE_SECRETS_ARE) + '"');
        }
        String member = given.get(0);
        String value = string(entry.get(member), '"' + member + '"');
        String secret =
                switch (member) {
                    case "secret-file" -> secretOfFile(value);
                    case "secret-from" -> secretOfProperty(value);
                    default -> value;
                };
        if (secret.isEmpty()) {
            throw problem('"' + member + "\" must not be empty");
        }
        return secret;
    }

    /** Messages do not repeat the path, nor the name of a property: it may be a secret in the wrong member. */
    private String secretOfFile(String path) {
        try {
            Path file = Path.of(path);
            if (!file.isAbsolute()) {
                throw problem("\"secret-file\" must be an absolute path");
            }
            return withoutLineEnd(elsewhere.file(file));
        } catch (IOException e) {
            throw problem("\"secret-file\" cannot be read: " + e.getClass().getSimpleName());
        } catch (InvalidPathException e) {
            throw problem("\"secret-file\" must be an absolute path");
        }
    }

    private String secretOfProperty(String name) {
        String value = elsewhere.property(name);
        if (value == null) {
            throw problem("\"secret-from\" must be the name of a property that is set");
        }
        return withoutLineEnd(value);
    }

    /** Whoever writes a file with an editor or {@code echo} ends its line. */
    private static String withoutLineEnd(String text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
            if (end > 0 && text.charAt(end - 1) == '\r') {
                end--;
            }
        }
        return text.substring(0, end);
    }

    private Grant grant(JsonObject entry) {
        List<String> databases = new ArrayList<>();
        for (JsonValue glob : array(entry.get("databases"), "\"databases\"")) {
            databases.add(string(glob, "each of \"databases\""));
        }
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (JsonValue right : array(entry.get("allow"), "\"allow\"")) {
            rights.add(
                    switch (string(right, "each of \"allow\"")) {
                        case "read" -> Right.READ;
                        case "write" -> Right.WRITE;
                        case "admin" -> Right.ADMIN;
                        default -> throw problem("\"allow\" takes \"read\", \"write\" and \"admin\"");
                    });
        }
        return Grant.of(databases, rights);
    }

    private boolean trusted(@Nullable JsonValue code) {
        if (code == null) {
            return false;
        }
        return switch (string(code, "\"code\"")) {
            case "confined" -> false;
            case "trusted" -> true;
            default -> throw problem("\"code\" must be \"confined\" or \"trusted\"");
        };
    }

    private @Nullable Instant instant(@Nullable JsonValue value, String what) {
        if (value == null) {
            return null;
        }
        try {
            return Instant.parse(string(value, what));
        } catch (DateTimeException e) {
            throw problem(what + " must be an instant like 2026-01-31T12:00:00Z");
        }
    }

    private JsonArray array(@Nullable JsonValue value, String what) {
        if (value instanceof JsonArray array) {
            return array;
        }
        throw problem(what + " must be an array");
    }

    private JsonObject object(JsonValue value, String what, Set<String> members) {
        if (!(value instanceof JsonObject object)) {
            throw problem(what + " must be an object");
        }
        if (!members.containsAll(object.keySet())) {
            throw problem(what + " may have the members "
                    + String.join(", ", members.stream().sorted().toList()) + " only");
        }
        return object;
    }

    private String string(@Nullable JsonValue value, String what) {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        throw problem(what + " must be a string");
    }

    private KeysException problem(String problem) {
        return new KeysException(source + ": " + place + problem);
    }
}
