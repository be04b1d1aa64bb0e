/**
 * How the command talks: one document or a few lines out, one line of error, exit codes, passphrases. Nothing here may
 * print a value of a data file, a passphrase or a secret key; a passphrase comes from a prompt, a descriptor or a file
 * that only its owner reads, never from arguments or the environment.
 */
@NullMarked
package dev.parley.cli.console;

import org.jspecify.annotations.NullMarked;
