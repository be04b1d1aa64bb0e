/**
 * Who calls: the party and roles of a verified token of the operator's realm. A party that a body, path or query names is
 * never believed. Trusts the configured issuer's keys.
 */
@NullMarked
package dev.parley.server.identity;

import org.jspecify.annotations.NullMarked;
