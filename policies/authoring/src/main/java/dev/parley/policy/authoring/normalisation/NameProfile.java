package dev.parley.policy.authoring.normalisation;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of people: letters alone, in lower case, without accents. Never unique, so only ever a part of an identity. */
public record NameProfile() implements Profile {
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]");

    @Override
    public String name() {
        return "name";
    }

    @Override
    public Optional<String> normalForm(String raw) {
        var decomposed = Normalizer.normalize(raw, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var letters = NO_LETTER.matcher(decomposed).replaceAll("");
        return letters.isEmpty() ? Optional.empty() : Optional.of(letters);
    }
}
