package dev.parley.protocol.log;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A signed tree head: a C2SP signed note with one Ed25519 signature.
 *
 * <pre>
 * origin LF size LF base64(root) LF
 * LF
 * — origin base64(keyId ‖ signature) LF
 * </pre>
 *
 * Only {@link #verify} makes one from a text, so that who holds a checkpoint knows it was signed.
 */
public final class Checkpoint {
    private static final Pattern FORM = Pattern.compile(
            "(?<body>(?<origin>[!-~]+)\n(?<size>0|[1-9][0-9]{0,18})\n(?<root>[A-Za-z0-9+/]{43}=)\n)\n— (?<name>[!-~]+) (?<signature>[A-Za-z0-9+/]+={0,2})\n");
    private static final int KEY_ID_SIZE = 4;

    private final TreeHead head;
    private final String note;

    private Checkpoint(TreeHead head, String note) {
        this.head = requireNonNull(head);
        this.note = requireNonNull(note);
    }

    public static Checkpoint sign(TreeHead head, LogSigner signer) {
        var body = body(signer.key().origin(), head);
        var signature = signer.sign(Bytes.utf8(body));
        var keyed = Arrays.copyOf(signer.key().keyId().toArray(), KEY_ID_SIZE + signature.size());
        signature.asBuffer().get(keyed, KEY_ID_SIZE, signature.size());
        var note = body + "\n— " + signer.key().origin() + " "
                + Base64.getEncoder().encodeToString(keyed) + "\n";
        return new Checkpoint(head, note);
    }

    public static Checkpoint verify(String note, LogKey key) throws Malformed, BadSignature {
        var match = FORM.matcher(note);
        if (!match.matches()) {
            throw new Malformed("not a checkpoint with one signature");
        }
        var head = new TreeHead(parseSize(match.group("size")), new Sha256Digest(decode(match.group("root"))));
        var keyed = decode(match.group("signature"));
        if (!match.group("origin").equals(key.origin())
                || !match.group("name").equals(key.origin())
                || keyed.size() <= KEY_ID_SIZE
                || !Bytes.copyOf(keyed.asBuffer().slice(0, KEY_ID_SIZE)).equals(key.keyId())
                || !key.verifies(Bytes.utf8(match.group("body")), tail(keyed))) {
            throw new BadSignature("not a checkpoint of log " + key.origin());
        }
        return new Checkpoint(head, note);
    }

    public TreeHead head() {
        return head;
    }

    /** The signed text, as it travels. */
    public String note() {
        return note;
    }

    private static String body(String origin, TreeHead head) {
        return origin + "\n" + head.size() + "\n"
                + Base64.getEncoder().encodeToString(head.root().bytes().toArray()) + "\n";
    }

    private static Bytes tail(Bytes keyed) {
        return Bytes.copyOf(keyed.asBuffer().slice(KEY_ID_SIZE, keyed.size() - KEY_ID_SIZE));
    }

    private static long parseSize(String digits) throws Malformed {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new Malformed("a checkpoint's size is too large", e);
        }
    }

    private static Bytes decode(String base64) throws Malformed {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                throw new Malformed("base64 of a checkpoint is not canonical");
            }
            return Bytes.takeOwnershipOf(bytes);
        } catch (IllegalArgumentException e) {
            throw new Malformed("not base64", e);
        }
    }

    @Override
    public String toString() {
        return note;
    }
}
