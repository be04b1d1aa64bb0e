package dev.parley.cli.image;

import picocli.CommandLine.Command;

/** {@code parley image}. */
@Command(name = "image", description = "Images of enclaves: what runs there, and its measurements.")
public final class ImageCommand {}
