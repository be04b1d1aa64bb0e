/**
 * Whether a bundle is in force: every party's quorum of approvals, verified under keys that the bundle itself names. Who
 * those keys belong to is settled before, by people who compare root-key thumbprints, and by brokers that know their own
 * party's newest version. Trusts no clock: the time is a parameter.
 */
@NullMarked
package dev.parley.policy.approval;

import org.jspecify.annotations.NullMarked;
