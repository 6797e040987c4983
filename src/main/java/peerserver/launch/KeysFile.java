package peerserver.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The access keys of the command line as the JSON that the application reads access keys from. */
final class KeysFile {

    private static final String REST =
            "], \"grants\": [{\"databases\": [\"*\"], \"allow\": [\"read\", \"write\", \"admin\"]}],"
                    + " \"code\": \"confined\"}";

    private KeysFile() {}

    /** An array with an object for each distinct key, in order of first appearance. */
    static String json(List<AccessKey> keys) {
        Map<String, List<String>> secrets = new LinkedHashMap<>();
        for (AccessKey key : keys) {
            secrets.computeIfAbsent(key.key(), ignored -> new ArrayList<>()).add(key.secret());
        }
        return secrets.entrySet().stream()
                .map(entry -> "{\"key\": " + quote(entry.getKey()) + ", \"secrets\": ["
                        + entry.getValue().stream()
                                .distinct()
                                .map(secret -> "{\"secret\": " + quote(secret) + '}')
                                .collect(Collectors.joining(", "))
                        + REST)
                .collect(Collectors.joining(",\n ", "[", "]\n"));
    }

    /** A JSON string, in ASCII. */
    private static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
