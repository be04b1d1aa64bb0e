/**
 * Questions: a template, its parameters and the newest sealed data become a run request that this party signs. Checks with
 * the policy that the party approved what the operator and the brokers will check again.
 */
@NullMarked
package dev.parley.cli.run;

import org.jspecify.annotations.NullMarked;
