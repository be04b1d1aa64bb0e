package dev.parley.policy.authoring.normalisation;

import static java.util.Objects.requireNonNull;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Telephone numbers in E.164: plus, country code, number.
 *
 * @param region where numbers without a country code belong, two letters; empty to refuse such numbers
 */
public record PhoneProfile(Optional<String> region) implements Profile {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final String NO_REGION = "ZZ";

    public PhoneProfile {
        requireNonNull(region);
        if (region.isPresent() && !knows(region.get())) {
            throw new IllegalArgumentException("not a region of the numbering plan");
        }
    }

    static boolean knows(String region) {
        return NUMBERS.getSupportedRegions().contains(region);
    }

    @Override
    public String name() {
        return region.map(r -> "phone-" + r.toLowerCase(Locale.ROOT)).orElse("phone");
    }

    @Override
    public Optional<String> normalForm(String raw) {
        try {
            var number = NUMBERS.parse(raw.strip(), region.orElse(NO_REGION));
            if (!NUMBERS.isPossibleNumber(number)) {
                return Optional.empty();
            }
            return Optional.of(NUMBERS.format(number, PhoneNumberFormat.E164));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
