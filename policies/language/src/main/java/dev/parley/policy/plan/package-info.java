/**
 * The plan algebra: what a query can be at all. A closed set of steps over declared columns; whatever is not in it cannot
 * be asked. Plans are canonical JSON on the wire ({@code docs/spec/plan.md}); nothing here evaluates them.
 */
@NullMarked
package dev.parley.policy.plan;

import org.jspecify.annotations.NullMarked;
