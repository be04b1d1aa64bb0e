package dev.parley.policy.authoring.yaml;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A value in a file, with the place where it begins. */
public sealed interface YamlNode {
    Position at();

    /**
     * Text; what it means is decided by whoever reads it, never by how it looks.
     *
     * @param quoted whether it stood in quotes or in a block
     * @param begins where its first character stands; that of a block is below its indicator
     */
    record Scalar(Position at, String text, boolean quoted, Position begins) implements YamlNode {
        public Scalar {
            requireNonNull(at);
            requireNonNull(text);
            requireNonNull(begins);
        }

        /** Where a place within the text stands in the file; the scalar itself where folding moved the lines. */
        public Position within(int line, int column) {
            if (begins.line() > at.line() || line == 1) {
                return new Position(at.file(), begins.line() + line - 1, begins.column() + column - 1);
            }
            return at;
        }
    }

    record Items(Position at, List<YamlNode> items) implements YamlNode {
        public Items {
            requireNonNull(at);
            items = List.copyOf(items);
        }
    }

    record Entries(Position at, List<Entry> entries) implements YamlNode {
        public Entries {
            requireNonNull(at);
            entries = List.copyOf(entries);
        }
    }

    record Entry(Scalar key, YamlNode value) {
        public Entry {
            requireNonNull(key);
            requireNonNull(value);
        }
    }
}
