package dev.parley.local.state;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

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
