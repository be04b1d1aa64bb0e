package dev.parley.policy.authoring.normalisation;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Dates such as days of birth: {@code 1990-01-31} or {@code 19900131}. Forms that put the day first are ambiguous. */
public record DateProfile() implements Profile {
    private static final Pattern SHORT = Pattern.compile("[0-9]{8}");
    private static final Pattern LONG = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    @Override
    public String name() {
        return "date";
    }

    @Override
    public Optional<String> normalForm(String raw) {
        var text = raw.strip();
        try {
            if (SHORT.matcher(text).matches()) {
                return Optional.of(
                        LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE).toString());
            }
            return LONG.matcher(text).matches()
                    ? Optional.of(LocalDate.parse(text).toString())
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
