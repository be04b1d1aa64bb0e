/**
 * One run, checked as a whole: a signed request, the manifests of its data and the policy that must allow it, verified
 * the same way by the operator's early answer, every broker and the enclave. Believes signatures under keys of the bundle
 * and nothing else; sees no data.
 */
@NullMarked
package dev.parley.policy.run;

import org.jspecify.annotations.NullMarked;
