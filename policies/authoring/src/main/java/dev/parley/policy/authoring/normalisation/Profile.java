package dev.parley.policy.authoring.normalisation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of identifier and its one normal form. Immutable and safe for use by several threads. */
public sealed interface Profile permits EmailProfile, PhoneProfile, NameProfile, PostalCodeProfile, DateProfile {
    /** As policies write it: {@code email}, {@code phone-gb}. */
    String name();

    /** The normal form, or empty for text that is no such identifier. */
    Optional<String> normalForm(String raw);

    /** The names that stand alone; besides them there is {@code phone-<region>} for every region of the numbering plan. */
    static List<String> names() {
        return List.of("email", "email-gmail", "phone", "name", "postal-code", "date");
    }

    static Optional<Profile> named(String name) {
        return switch (name) {
            case "email" -> Optional.of(new EmailProfile(false));
            case "email-gmail" -> Optional.of(new EmailProfile(true));
            case "phone" -> Optional.of(new PhoneProfile(Optional.empty()));
            case "name" -> Optional.of(new NameProfile());
            case "postal-code" -> Optional.of(new PostalCodeProfile());
            case "date" -> Optional.of(new DateProfile());
            default -> phone(name);
        };
    }

    private static Optional<Profile> phone(String name) {
        if (!name.matches("phone-[a-z]{2}")) {
            return Optional.empty();
        }
        var region = name.substring("phone-".length()).toUpperCase(Locale.ROOT);
        return PhoneProfile.knows(region) ? Optional.of(new PhoneProfile(Optional.of(region))) : Optional.empty();
    }
}
