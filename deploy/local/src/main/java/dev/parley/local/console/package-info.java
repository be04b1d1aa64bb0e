/**
 * What a person at the terminal sees: steps with their durations, tables, and what went wrong in one line. Shows
 * aggregates, addresses and places of files; never a password, never a row.
 */
@NullMarked
package dev.parley.local.console;

import org.jspecify.annotations.NullMarked;
