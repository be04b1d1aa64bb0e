/**
 * Measurements for the pages below {@code docs/reports}: programs, not tests, run by the profile {@code bench}
 * ({@code CONTRIBUTING.md}). Each absolute figure stands beside a calibration of the same run.
 */
@NullMarked
package dev.parley.rehearsal.bench;

import org.jspecify.annotations.NullMarked;
