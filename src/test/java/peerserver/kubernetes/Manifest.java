package peerserver.kubernetes;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * A document of a file of manifests.
 *
 * @param file where it is
 * @param document all that it says
 */
record Manifest(Path file, JsonObject document) {

    /** All documents of all files in a directory. */
    static List<Manifest> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(Manifest::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Manifest> of(Path file) {
        try {
            LoaderOptions strict = new LoaderOptions();
            strict.setAllowDuplicateKeys(false);
            return StreamSupport.stream(
                            new Yaml(strict).loadAll(Files.readString(file)).spliterator(), false)
                    .map(document ->
                            new Manifest(file, new Gson().toJsonTree(document).getAsJsonObject()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String kind() {
        return document.get("kind").getAsString();
    }

    String name() {
        return document.getAsJsonObject("metadata").get("name").getAsString();
    }

    /** Every value that stands under a name, anywhere in it. */
    List<JsonElement> all(String name) {
        List<JsonElement> found = new ArrayList<>();
        collect(document, name, found);
        return found;
    }

    /** The same of texts and numbers. */
    List<String> texts(String name) {
        return all(name).stream().map(JsonElement::getAsString).toList();
    }

    /** The texts of every list of texts that stands under a name, one after the other. */
    List<String> words(String name) {
        return all(name).stream()
                .flatMap(list -> list.getAsJsonArray().asList().stream())
                .map(JsonElement::getAsString)
                .toList();
    }

    private static void collect(JsonElement element, String name, List<JsonElement> found) {
        if (element instanceof JsonObject object) {
            object.asMap().forEach((key, value) -> {
                if (key.equals(name)) {
                    found.add(value);
                }
                collect(value, name, found);
            });
        } else if (element instanceof JsonArray array) {
            array.forEach(item -> collect(item, name, found));
        }
    }
}
