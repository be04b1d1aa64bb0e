/**
 * Keycloak as one local process with a realm per trust domain. On one machine they share a process; parties that are
 * real run their own. Its database lies in the room's state, its secrets are made there, and realm files of this
 * repository hold placeholders only.
 */
@NullMarked
package dev.parley.local.keycloak;

import org.jspecify.annotations.NullMarked;
