package dev.parley.local.people;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PopulationTest {
    private static final int ROWS = 20_000;
    private static final Population POPULATION = Population.generate(ROWS, 7);

    @Test
    void makesAsManyRowsForEachPartyAsAsked() {
        assertThat(POPULATION.customers()).hasSize(ROWS);
        assertThat(POPULATION.exposures()).hasSize(ROWS);
    }

    @Test
    void knowsMostViewersAsCustomersToo() {
        var customers = POPULATION.customers().stream().map(Customer::person).collect(Collectors.toSet());
        var viewers = POPULATION.exposures().stream().map(Exposure::person).collect(Collectors.toSet());
        var shared = new HashSet<>(viewers);
        shared.retainAll(customers);

        assertThat(customers).hasSize(ROWS);
        assertThat((double) shared.size() / viewers.size()).isCloseTo(0.6, withPercentage(1));
    }

    @Test
    void givesEachPersonAnAddressAndANumberOfTheirOwn() {
        assertThat(POPULATION.customers().stream().map(c -> c.person().email())).doesNotHaveDuplicates();
        assertThat(POPULATION.customers().stream().map(c -> c.person().phone()))
                .doesNotHaveDuplicates()
                .allMatch(phone -> phone.matches("\\+44[0-9]{10}"));
    }

    @Test
    void showsACampaignToAPersonInOneRowOnly() {
        var pairs = POPULATION.exposures().stream()
                .collect(groupingBy(e -> e.person().email() + " " + e.campaign(), Collectors.counting()));

        assertThat(pairs.values()).containsOnly(1L);
    }

    @Test
    void makesTheSamePeopleFromTheSameSeed() {
        assertThat(Population.generate(500, 3)).isEqualTo(Population.generate(500, 3));
        assertThat(Population.generate(500, 3)).isNotEqualTo(Population.generate(500, 4));
    }

    @Test
    void writesEveryFormSoThatItCanBeUndone() {
        var careless = new CarelessWriting(new Random(1));
        var forms = new HashSet<String>();

        for (int i = 0; i < 200; i++) {
            var email = careless.email("ada.king@example.org");
            var phone = careless.phone("+447400123456");
            forms.add(email);
            forms.add(phone);

            assertThat(email.strip().toLowerCase(Locale.ROOT)).isEqualTo("ada.king@example.org");
            assertThat(phone.replace("(0)", "").replaceAll("[^0-9]", "")).endsWith("7400123456");
        }
        assertThat(forms).hasSize(11);
    }

    @Test
    void writesARowALineBelowTheNamesOfTheColumns(@TempDir Path folder) throws Exception {
        var files = new PartyFiles(7);
        files.writeCustomers(POPULATION, folder.resolve("customers.csv"));
        files.writeExposures(POPULATION, folder.resolve("exposures.csv"));

        assertThat(Files.readAllLines(folder.resolve("customers.csv")))
                .hasSize(ROWS + 1)
                .startsWith("email,phone,segment,region,spend")
                .allMatch(line -> line.split(",", -1).length == 5);
        assertThat(Files.readAllLines(folder.resolve("exposures.csv")))
                .hasSize(ROWS + 1)
                .startsWith("email,campaign,impressions")
                .allMatch(line -> line.split(",", -1).length == 3);
    }
}
