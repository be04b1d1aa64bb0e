package dev.parley.policy.authoring;

import dev.parley.policy.authoring.yaml.Places;
import dev.parley.policy.authoring.yaml.Position;
import dev.parley.policy.authoring.yaml.YamlFile;
import dev.parley.policy.authoring.yaml.YamlMap;
import dev.parley.policy.authoring.yaml.YamlProblem;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of one room folder, read at most once and never outside of it. */
final class RoomFiles {
    private static final String YAML = ".yaml";

    private final Path root;
    private final Places places = new Places();

    RoomFiles(Path root) {
        this.root = root;
    }

    Places places() {
        return places;
    }

    /** A YAML file, of the kind that its key {@code parley} must name. */
    YamlMap yaml(String name, String kind) throws YamlProblem, Refused {
        var map = new YamlMap(
                YamlFile.read(name, bytes(name, Position.startOf(name)).toArray()), "", places);
        var stated = map.scalar("parley");
        if (!stated.text().equals(kind)) {
            throw new YamlProblem(
                    YamlProblem.Code.WRONG_KIND_OF_FILE, stated.at(), "this file must be: parley: " + kind);
        }
        return map;
    }

    /**
     * The bytes of a file.
     *
     * @param asked where it is asked for
     */
    Bytes bytes(String name, Position asked) throws Refused {
        var path = root.resolve(name).normalize();
        if (Path.of(name).isAbsolute() || !path.startsWith(root.normalize()) || leavesThroughLink(path)) {
            throw new Refused(FindingCode.FILE_OUTSIDE_ROOM, asked, "not a file inside the room folder");
        }
        if (!Files.isRegularFile(path)) {
            throw new Refused(FindingCode.FILE_MISSING, asked, "file is missing: " + name);
        }
        try {
            if (Files.size(path) > YamlFile.MAX_BYTES) {
                throw new Refused(FindingCode.FILE_UNREADABLE, asked, "file is larger than 256 KiB: " + name);
            }
            return Bytes.takeOwnershipOf(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new Refused(FindingCode.FILE_UNREADABLE, asked, "file cannot be read: " + name);
        }
    }

    /** A link may lead anywhere, and what a reviewer saw behind it may change without a trace in the folder. */
    private boolean leavesThroughLink(Path path) {
        for (var step = path; step != null && !step.equals(root.normalize()); step = step.getParent()) {
            if (Files.exists(step, LinkOption.NOFOLLOW_LINKS) && Files.isSymbolicLink(step)) {
                return true;
            }
        }
        return false;
    }

    boolean exists(String name) {
        return Files.isRegularFile(root.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** The names without ending of the YAML files in a folder, sorted; a file of another kind there is refused. */
    List<String> names(String folder) throws Refused {
        var path = root.resolve(folder);
        var names = new ArrayList<String>();
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return names;
        }
        try (var children = Files.newDirectoryStream(path)) {
            for (var child : children) {
                var file = child.getFileName().toString();
                if (!file.endsWith(YAML) || !Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                    // What is passed over in silence is what somebody believes to be in force.
                    throw new Refused(
                            FindingCode.FILE_UNEXPECTED,
                            Position.startOf(folder + "/" + file),
                            "only files that end in .yaml may stand here");
                }
                names.add(file.substring(0, file.length() - YAML.length()));
            }
        } catch (IOException e) {
            throw new Refused(FindingCode.FILE_UNREADABLE, Position.startOf(folder), "folder cannot be read");
        }
        names.sort(null);
        return names;
    }

    /** An error of this package, on its way to the list of findings. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Finding finding;

        Refused(FindingCode code, Position at, String message) {
            this(Finding.error(code, at, message));
        }

        Refused(Finding finding) {
            super(finding.code());
            this.finding = finding;
        }

        Finding finding() {
            return finding;
        }
    }
}
