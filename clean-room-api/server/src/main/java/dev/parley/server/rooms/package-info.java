/**
 * Rooms: the published versions of their policy bundles and the approvals under them. Believes signatures under keys that
 * the bundle names; which version is active is a courtesy that brokers and enclaves work out again. A room exists only
 * for the parties that its bundles name.
 */
@NullMarked
package dev.parley.server.rooms;

import org.jspecify.annotations.NullMarked;
