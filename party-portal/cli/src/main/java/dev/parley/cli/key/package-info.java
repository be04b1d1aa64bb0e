/**
 * The party's keys in a folder: secret halves locked under a passphrase, public halves and the root key's endorsements
 * beside them in the form that room folders take. Secret keys are in memory only while a command needs them and never
 * leave the folder unlocked.
 */
@NullMarked
package dev.parley.cli.key;

import org.jspecify.annotations.NullMarked;
