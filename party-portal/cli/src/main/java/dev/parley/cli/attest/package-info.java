/**
 * Evidence fetched for, shown and vouched for by a person. Trusts the root that is named and nothing
 * else. What is accepted here, debug enclaves included, releases nothing.
 */
@NullMarked
package dev.parley.cli.attest;

import org.jspecify.annotations.NullMarked;
