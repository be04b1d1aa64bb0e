package dev.parley.policy.authoring.normalisation;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Postal codes of any country: letters and digits alone, in upper case. */
public record PostalCodeProfile() implements Profile {
    private static final Pattern SEPARATOR = Pattern.compile("[\\s-]");
    private static final Pattern FORM = Pattern.compile("[A-Z0-9]{2,10}");

    @Override
    public String name() {
        return "postal-code";
    }

    @Override
    public Optional<String> normalForm(String raw) {
        var code = SEPARATOR.matcher(raw).replaceAll("").toUpperCase(Locale.ROOT);
        return FORM.matcher(code).matches() ? Optional.of(code) : Optional.empty();
    }
}
