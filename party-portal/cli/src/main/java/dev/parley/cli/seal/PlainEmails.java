package dev.parley.cli.seal;

import dev.parley.policy.authoring.normalisation.EmailProfile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The normal form of the addresses that nearly every file is full of, without making objects: printable ASCII, one @, a
 * plain domain. All others are left to {@link EmailProfile}, with which this agrees wherever it answers.
 */
final class PlainEmails {
    private static final int MAX_LENGTH = 320;
    private static final int MAX_LABEL = 63;
    private static final byte[][] GMAIL = {ascii("gmail.com"), ascii("googlemail.com")};

    private final boolean gmailRules;
    private final byte[] normal = new byte[MAX_LENGTH];

    PlainEmails(EmailProfile profile) {
        this.gmailRules = profile.gmailRules();
    }

    /** The bytes of the last normal form. */
    byte[] bytes() {
        return normal;
    }

    /** The length of the normal form, or -1 where this does not know it. */
    int normalise(byte[] utf8, int from, int to) {
        var start = from;
        var end = to;
        while (start < end && utf8[start] == ' ') {
            start++;
        }
        while (end > start && utf8[end - 1] == ' ') {
            end--;
        }
        if (end - start > MAX_LENGTH) {
            return -1;
        }
        var at = -1;
        for (var i = start; i < end; i++) {
            var octet = utf8[i];
            if (octet <= ' ' || octet == 0x7f) {
                return -1;
            }
            if (octet == '@') {
                if (at >= 0 || i == start) {
                    return -1;
                }
                at = i - start;
            }
            normal[i - start] = octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet;
        }
        return at > 0 && isPlainDomain(at + 1, end - start) ? end - start : -1;
    }

    /** At least two labels of letters, digits and inner hyphens. */
    private boolean isPlainDomain(int from, int to) {
        var labels = 0;
        var start = from;
        for (var i = from; i <= to; i++) {
            if (i == to || normal[i] == '.') {
                if (i == start || i - start > MAX_LABEL || normal[start] == '-' || normal[i - 1] == '-') {
                    return false;
                }
                labels++;
                start = i + 1;
            } else if (!isLabelOctet(normal[i])) {
                return false;
            }
        }
        return labels >= 2 && !(gmailRules && isGmail(from, to));
    }

    private static boolean isLabelOctet(byte octet) {
        return (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9') || octet == '-';
    }

    private boolean isGmail(int from, int to) {
        return Arrays.stream(GMAIL).anyMatch(domain -> Arrays.equals(domain, 0, domain.length, normal, from, to));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
