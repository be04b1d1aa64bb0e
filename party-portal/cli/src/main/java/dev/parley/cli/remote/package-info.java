/**
 * The operator's API and the party's own portal as this program calls them, and the tokens that open them. Believes no
 * answer: what matters is signed and verified by the callers. Tokens rest in files that only their owner reads.
 */
@NullMarked
package dev.parley.cli.remote;

import org.jspecify.annotations.NullMarked;
