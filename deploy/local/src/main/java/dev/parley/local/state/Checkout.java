package dev.parley.local.state;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The checkout that this program was built in, with what the build left in its {@code target} folders. */
public record Checkout(Path path) {
    /** Finds the checkout from where this class was loaded, so the working directory does not matter. */
    public static Checkout find() throws IOException {
        Path folder = codeSource();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IOException("a local room runs from a checkout; none found above " + codeSource());
        }
        return new Checkout(folder);
    }

    /** A file of the checkout that must be there. */
    public Path built(String relative) throws IOException {
        var file = path.resolve(relative);
        if (!Files.exists(file)) {
            throw new IOException(relative + " is missing: build first, with ./mvnw -DskipTests package");
        }
        return file;
    }

    /** The class path of a plain module: its own jar, then what it needs, by name. */
    public List<Path> classPath(String module) throws IOException {
        var target = built(module + "/target");
        var path = new ArrayList<Path>();
        try (var own = Files.newDirectoryStream(target, "parley-*.jar");
                var needed = Files.newDirectoryStream(target.resolve("lib"), "*.jar")) {
            for (var jar : own) {
                if (!jar.getFileName().toString().endsWith("-tests.jar")) {
                    path.add(jar);
                }
            }
            var libraries = new ArrayList<Path>();
            needed.forEach(libraries::add);
            Collections.sort(libraries);
            path.addAll(libraries);
        }
        return path;
    }

    private static Path codeSource() throws IOException {
        try {
            return Path.of(Checkout.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException wrong) {
            throw new IOException("cannot tell where this program lies", wrong);
        }
    }
}
