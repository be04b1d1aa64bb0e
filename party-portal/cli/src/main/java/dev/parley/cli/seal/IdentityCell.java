package dev.parley.cli.seal;

import dev.parley.policy.authoring.normalisation.EmailProfile;
import dev.parley.policy.authoring.normalisation.InputForm;
import dev.parley.policy.authoring.normalisation.Profile;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.sealing.column.Row;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** Identifiers: normalised by the policy's profile and hashed, or hashed by whoever made the file. */
final class IdentityCell implements Cell {
    private final Profile profile;
    private final InputForm form;
    private final Optional<PlainEmails> emails;
    private final MessageDigest sha256;
    private final byte[] digest = new byte[Sha256Digest.SIZE];

    IdentityCell(Profile profile, InputForm form) {
        this.profile = profile;
        this.form = form;
        this.emails = profile instanceof EmailProfile email && form == InputForm.PLAIN
                ? Optional.of(new PlainEmails(email))
                : Optional.empty();
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    @Override
    public void put(Row row, int column, byte[] utf8, int from, int to) throws Unfit {
        if (emails.isPresent()) {
            var plain = emails.get();
            var length = plain.normalise(utf8, from, to);
            if (length > 0) {
                hash(plain.bytes(), length);
                row.identity(column, digest, 0);
                return;
            }
        }
        if (form == InputForm.SHA256_HEX && isHexDigest(utf8, from, to)) {
            row.identity(column, digest, 0);
            return;
        }
        var decoded =
                form.digest(profile, text(utf8, from, to)).orElseThrow(() -> new Unfit(SealCode.IDENTITY_UNUSABLE));
        row.identity(column, decoded.bytes().toArray(), 0);
    }

    /** Decodes the usual form without making objects; spaces around it are left to {@link InputForm}. */
    private boolean isHexDigest(byte[] utf8, int from, int to) {
        if (to - from != 2 * digest.length) {
            return false;
        }
        for (var i = 0; i < digest.length; i++) {
            var octet = digit(utf8[from + 2 * i]) << 4 | digit(utf8[from + 2 * i + 1]);
            if (octet < 0) {
                return false;
            }
            digest[i] = (byte) octet;
        }
        return true;
    }

    /** The value of a hexadecimal digit of either case, or -1. */
    private static int digit(byte octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        var letter = octet | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private void hash(byte[] normal, int length) {
        try {
            sha256.update(normal, 0, length);
            sha256.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 digest has 32 bytes", e);
        }
    }

    private static String text(byte[] utf8, int from, int to) throws Unfit {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unfit(SealCode.CSV_NOT_UTF8);
        }
    }
}
