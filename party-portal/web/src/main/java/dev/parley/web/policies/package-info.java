/**
 * The party's own record of the bundles that it signed, from which the broker takes the newest. Believes signatures of
 * this party's approvers under this party's root key, whoever brings them; the operator's list of policies counts nothing
 * here.
 */
@NullMarked
package dev.parley.web.policies;

import org.jspecify.annotations.NullMarked;
