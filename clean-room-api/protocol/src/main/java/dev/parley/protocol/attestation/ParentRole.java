package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The role of the instance that launched an enclave. PCR3 is one extension by this text, and zero where there is no
 * role. The simulated platform's role ends with the isolation it enforces ({@code docs/spec/isolation.md} §3), so a
 * weaker one stands in every evidence.
 */
public record ParentRole(String text) {
    /** The register that holds the role. */
    public static final int INDEX = 3;

    private static final String SIMULATED = "arn:sim:iam::000000000000:role/parley-enclave-host/isolation/";
    private static final String FULL = "full";
    private static final Pattern FORM = Pattern.compile("[!-~]{1,1024}");

    public ParentRole {
        requireNonNull(text);
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a role is 1 to 1024 printable ASCII characters without space");
        }
    }

    public static ParentRole parse(String text) throws Malformed {
        if (!FORM.matcher(text).matches()) {
            throw new Malformed("a role is 1 to 1024 printable ASCII characters without space");
        }
        return new ParentRole(text);
    }

    /** The role of a simulated platform that enforces this level of isolation. */
    public static ParentRole simulated(String isolation) {
        return new ParentRole(SIMULATED + isolation);
    }

    /** What PCR3 holds under this role, or under none. */
    public static Sha384Digest register(Optional<ParentRole> role) {
        return role.map(given -> Pcrs.extend(Pcrs.zero(), Bytes.utf8(given.text())))
                .orElseGet(Pcrs::zero);
    }

    /** The level of isolation that a simulated platform put into its role; nothing where the role names none. */
    public Optional<String> isolation() {
        return text.startsWith(SIMULATED) && text.length() > SIMULATED.length()
                ? Optional.of(text.substring(SIMULATED.length()))
                : Optional.empty();
    }

    /** Whether the role says that every layer of isolation is in force. */
    public boolean fullyIsolated() {
        return isolation().equals(Optional.of(FULL));
    }
}
