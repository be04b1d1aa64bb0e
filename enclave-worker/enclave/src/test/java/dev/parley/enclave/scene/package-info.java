/**
 * A room that is ready to run, for tests of the whole enclave: really signed, sealed and attested, with brokers that keep
 * {@code docs/spec/key-release.md} and a host that does what a test tells it to.
 */
@NullMarked
package dev.parley.enclave.scene;

import org.jspecify.annotations.NullMarked;
