package dev.parley.local.people;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The people of a room, as each party holds them; some are known to both, most rows lie in no order. */
public record Population(List<Customer> customers, List<Exposure> exposures) {
    /** Of 100 people who saw a campaign, so many are customers. */
    private static final int OVERLAP_PERCENT = 60;
    /** Of 100 people who saw a campaign, so many saw another as well. */
    private static final int SECOND_CAMPAIGN_PERCENT = 25;

    private static final List<String> SEGMENTS = List.of("bargain", "family", "loyal", "premium", "student");
    private static final List<String> REGIONS = List.of("east", "north", "south", "west");
    private static final List<String> CAMPAIGNS = List.of("spring", "summer", "autumn", "winter");
    /** Cents a year that a typical customer of each segment spends. */
    private static final int[] TYPICAL_SPEND = {90_000, 180_000, 240_000, 320_000, 60_000};

    public Population {
        customers = List.copyOf(customers);
        exposures = List.copyOf(exposures);
    }

    /** Makes so many rows for each party. */
    public static Population generate(int rows, long seed) {
        if (rows < 10) {
            throw new IllegalArgumentException("fewer than 10 rows leave nothing to count");
        }
        var random = new Random(seed);
        int viewers = rows * 100 / (100 + SECOND_CAMPAIGN_PERCENT);
        int shared = viewers * OVERLAP_PERCENT / 100;
        var people = new Crowd(random).people(rows + viewers - shared);
        var customers = people.subList(0, rows).stream()
                .map(person -> customer(person, random))
                .toList();
        var exposed = people.subList(rows - shared, people.size());
        return new Population(shuffled(customers, random), shuffled(exposures(exposed, rows, random), random));
    }

    private static Customer customer(Person person, Random random) {
        int segment = random.nextInt(SEGMENTS.size());
        // Half to one and a half times what is typical: well inside the bounds that the room's files declare.
        long spend = Math.round(TYPICAL_SPEND[segment] * (0.5 + random.nextDouble()));
        return new Customer(person, SEGMENTS.get(segment), REGIONS.get(random.nextInt(REGIONS.size())), spend);
    }

    /** Everybody saw one campaign; the first so many saw the next one too, until the rows are used up. */
    private static List<Exposure> exposures(List<Person> exposed, int rows, Random random) {
        var first = IntStream.range(0, exposed.size())
                .map(i -> random.nextInt(CAMPAIGNS.size()))
                .toArray();
        var order = shuffled(IntStream.range(0, exposed.size()).boxed().toList(), random);
        var exposures = new ArrayList<Exposure>(rows);
        for (int i = 0; i < rows; i++) {
            int person = order.get(i % exposed.size());
            int campaign = (first[person] + i / exposed.size()) % CAMPAIGNS.size();
            exposures.add(new Exposure(exposed.get(person), CAMPAIGNS.get(campaign), 1 + random.nextInt(9)));
        }
        return exposures;
    }

    private static <T> List<T> shuffled(List<T> items, Random random) {
        var copy = new ArrayList<>(items);
        Collections.shuffle(copy, random);
        return copy;
    }
}
