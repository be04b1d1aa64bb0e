/**
 * {@code parley}, a party's command line: keys, policies, sealing, uploads, runs, results. Runs where the party's rows and
 * keys are; sends out ciphertext, signatures and metadata only.
 */
@NullMarked
package dev.parley.cli;

import org.jspecify.annotations.NullMarked;
