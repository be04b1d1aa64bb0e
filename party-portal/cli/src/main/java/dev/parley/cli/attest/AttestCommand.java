package dev.parley.cli.attest;

import picocli.CommandLine.Command;

/** {@code parley attest}. */
@Command(name = "attest", description = "Attestation documents of enclaves.")
public final class AttestCommand {}
