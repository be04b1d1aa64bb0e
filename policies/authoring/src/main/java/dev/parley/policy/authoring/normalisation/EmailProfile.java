package dev.parley.policy.authoring.normalisation;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * E-mail addresses: trimmed, in lower case, the domain in its ASCII form.
 *
 * @param gmailRules whether dots and whatever follows a plus are left out of Gmail addresses, as that provider delivers
 *     them (the rule of UID2)
 */
public record EmailProfile(boolean gmailRules) implements Profile {
    private static final int MAX_LENGTH = 320;
    private static final Pattern SPACE = Pattern.compile("\\s|\\p{Z}|\\p{C}");
    private static final Pattern PLAIN_DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");
    private static final Set<String> GMAIL = Set.of("gmail.com", "googlemail.com");

    @Override
    public String name() {
        return gmailRules ? "email-gmail" : "email";
    }

    @Override
    public Optional<String> normalForm(String raw) {
        var text = Normalizer.normalize(raw.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        var at = text.lastIndexOf('@');
        if (at < 1
                || text.indexOf('@') != at
                || text.length() > MAX_LENGTH
                || SPACE.matcher(text).find()) {
            return Optional.empty();
        }
        var local = text.substring(0, at);
        return domain(text.substring(at + 1)).flatMap(domain -> join(local, domain));
    }

    private Optional<String> join(String local, String domain) {
        if (!gmailRules || !GMAIL.contains(domain)) {
            return Optional.of(local + "@" + domain);
        }
        var plus = local.indexOf('+');
        var mailbox = (plus < 0 ? local : local.substring(0, plus)).replace(".", "");
        return mailbox.isEmpty() ? Optional.empty() : Optional.of(mailbox + "@" + domain);
    }

    private static Optional<String> domain(String text) {
        // Nearly all domains are plain, and IDN costs more than the hash.
        if (PLAIN_DOMAIN.matcher(text).matches()) {
            return Optional.of(text);
        }
        try {
            var ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            var labelled = ascii.contains(".") && !ascii.startsWith(".") && !ascii.endsWith(".");
            return labelled ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
