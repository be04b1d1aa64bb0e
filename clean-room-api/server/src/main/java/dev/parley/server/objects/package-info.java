/**
 * Ciphertext on disk. Object names are UUIDs that this server made; a name that a client chose never meets the file system.
 * What is there is whole: bytes are appended to an upload, made durable, and renamed once they are what was announced.
 */
@NullMarked
package dev.parley.server.objects;

import org.jspecify.annotations.NullMarked;
