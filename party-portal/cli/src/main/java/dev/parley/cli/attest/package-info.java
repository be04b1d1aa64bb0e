/**
 * Evidence shown to a person: who made it, what it measures, whether it holds. Trusts the root that is named and nothing
 * else. What is accepted here, debug enclaves included, releases nothing.
 */
@NullMarked
package dev.parley.cli.attest;

import org.jspecify.annotations.NullMarked;
