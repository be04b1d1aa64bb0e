/**
 * Queries as they are asked: a template's plan with its parameters filled in. Pure values; nothing here decides whether
 * they may run.
 */
@NullMarked
package dev.parley.policy.query;

import org.jspecify.annotations.NullMarked;
