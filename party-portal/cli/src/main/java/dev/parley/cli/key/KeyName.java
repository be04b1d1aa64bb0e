package dev.parley.cli.key;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.KeyUse;
import java.util.Optional;
import java.util.regex.Pattern;

/** A key's place in the store, which says what it is for: {@code steward}, {@code approver-legal}. */
public record KeyName(String text) {
    // Before the names, which it judges.
    private static final Pattern FORM =
            Pattern.compile("root|steward|run|recipient|broker|broker-wrap|broker-noise|approver-[a-z][a-z0-9-]{0,50}");
    private static final String APPROVER = "approver-";

    public static final KeyName ROOT = new KeyName("root");
    public static final KeyName STEWARD = new KeyName("steward");
    public static final KeyName RUN = new KeyName("run");
    public static final KeyName RECIPIENT = new KeyName("recipient");
    public static final KeyName BROKER = new KeyName("broker");
    public static final KeyName BROKER_WRAP = new KeyName("broker-wrap");
    public static final KeyName BROKER_NOISE = new KeyName("broker-noise");

    public KeyName {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not the name of a key");
        }
    }

    /** What kind of secret it is. */
    public enum Kind {
        /** ECDSA on P-384. */
        SIGNS,
        /** HPKE on P-256. */
        OPENS,
        /** 32 random bytes. */
        NOISE
    }

    public static KeyName parse(String text) throws Malformed {
        if (!FORM.matcher(text).matches()) {
            throw new Malformed(
                    "a key is root, steward, run, recipient, broker, broker-wrap, broker-noise" + " or approver-ROLE");
        }
        return new KeyName(text);
    }

    public static KeyName approver(String role) throws Malformed {
        return parse(APPROVER + role);
    }

    public Kind kind() {
        return switch (text) {
            case "recipient", "broker-wrap" -> Kind.OPENS;
            case "broker-noise" -> Kind.NOISE;
            default -> Kind.SIGNS;
        };
    }

    /** The use that the root key endorses; the root key itself and the broker's inner keys need none. */
    public Optional<KeyUse> use() {
        return switch (text) {
            case "root", "broker-wrap", "broker-noise" -> Optional.empty();
            case "steward" -> Optional.of(KeyUse.STEWARD);
            case "run" -> Optional.of(KeyUse.RUN);
            case "recipient" -> Optional.of(KeyUse.RECIPIENT);
            case "broker" -> Optional.of(KeyUse.BROKER);
            default -> Optional.of(KeyUse.APPROVER);
        };
    }

    /** As room folders call it: the role of an approver, the name of any other key. */
    public String inRoom() {
        return text.startsWith(APPROVER) ? text.substring(APPROVER.length()) : text;
    }

    @Override
    public String toString() {
        return text;
    }
}
