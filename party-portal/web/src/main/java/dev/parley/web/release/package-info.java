/**
 * The key broker: challenges an enclave, verifies its evidence and its run, grants, and releases this party's keys and
 * seed ({@code docs/spec/key-release.md}). It believes evidence under the trust root that this party's policy names and
 * keys of the bundle that this party signed; never the API, the host, or whoever posts to it. It is the only code that
 * opens dataset keys.
 */
@NullMarked
package dev.parley.web.release;

import org.jspecify.annotations.NullMarked;
