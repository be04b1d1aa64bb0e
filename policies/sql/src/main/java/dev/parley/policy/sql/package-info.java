/**
 * SQL templates to plans, and plans to SQL. Calcite reads the text; this package lets through only what the plan algebra
 * has and refuses the rest with a code and a place. It runs where templates are written and never in the enclave: what
 * is checked and run is the plan. It trusts the datasets it is given, nothing of the text, and passes on no message of
 * Calcite's and no constant of the text.
 */
@NullMarked
package dev.parley.policy.sql;

import org.jspecify.annotations.NullMarked;
