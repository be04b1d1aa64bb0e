/**
 * The small part of YAML that policies are written in: maps, lists and plain or quoted text, each with its position. No
 * anchors, aliases, tags, directives, duplicate keys or implicit types: what a reviewer reads is what is meant. Trusts
 * nothing; size and depth are bounded before anything is built.
 */
@NullMarked
package dev.parley.policy.authoring.yaml;

import org.jspecify.annotations.NullMarked;
