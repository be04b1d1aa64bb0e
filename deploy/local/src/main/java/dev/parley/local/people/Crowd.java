package dev.parley.local.people;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import net.datafaker.Faker;

/** Makes people that differ from each other. Datafaker is slow, so it fills pools that are then combined. */
final class Crowd {
    private static final int FIRST_NAMES = 500;
    private static final int LAST_NAMES = 900;
    private static final int DOMAINS = 60;
    private static final int SUBSCRIBERS = 1_000_000;
    // British mobile numbers begin with 7; these ranges of four digits are in use.
    private static final int LOWEST_RANGE = 7400;
    private static final int RANGES = 100;

    private final Random random;
    private final List<String> firstNames;
    private final List<String> lastNames;
    private final List<String> domains;

    Crowd(Random random) {
        this.random = random;
        var faker = new Faker(Locale.UK, random);
        firstNames = pool(FIRST_NAMES, () -> faker.name().firstName());
        lastNames = pool(LAST_NAMES, () -> faker.name().lastName());
        domains = pool(DOMAINS, () -> faker.internet().domainName());
    }

    /** That many people; no two share an e-mail address or a phone number. */
    List<Person> people(int count) {
        if (count > RANGES * SUBSCRIBERS) {
            throw new IllegalArgumentException("more people than phone numbers");
        }
        var taken = HashSet.<String>newHashSet(count);
        var people = new ArrayList<Person>(count);
        for (int i = 0; i < count; i++) {
            var name = pick(firstNames) + "." + pick(lastNames);
            var domain = pick(domains);
            var email = name + "@" + domain;
            if (!taken.add(email)) {
                email = name + "." + i + "@" + domain;
                taken.add(email);
            }
            people.add(new Person(email, phone(i)));
        }
        return people;
    }

    /** Spreads consecutive numbers over all ranges, so that they do not look consecutive. */
    private static String phone(int index) {
        return "+44%04d%06d"
                .formatted(LOWEST_RANGE + index % RANGES, (index / RANGES * 7919L + 13L * index) % SUBSCRIBERS);
    }

    private <T> T pick(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }

    /** Letters and digits only, in lower case: what is left of a name in an address. */
    private static List<String> pool(int size, Supplier<String> source) {
        var pool = new ArrayList<String>(size);
        while (pool.size() < size) {
            var word = source.get().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
            if (!word.isEmpty()) {
                pool.add(word);
            }
        }
        return List.copyOf(pool);
    }
}
