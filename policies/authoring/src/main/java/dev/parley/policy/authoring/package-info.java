/**
 * Policies as people write them: a room folder of YAML files, compiled to the canonical bundle. Trusts no file; every
 * refusal names file, line and column. Never measured and never believed: what counts is the bundle's digest, which every
 * party compares and signs.
 */
@NullMarked
package dev.parley.policy.authoring;

import org.jspecify.annotations.NullMarked;
