/**
 * Logging in: a person with a browser, a job with its client's secret. Secrets come from files, descriptors or a prompt
 * and are sent to the realm that the profile names, nowhere else.
 */
@NullMarked
package dev.parley.cli.login;

import org.jspecify.annotations.NullMarked;
