package dev.parley.local.people;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes the files that the parties bring, one row a line, quoted where RFC 4180 asks for it. */
public final class PartyFiles {
    private static final String LINE_END = "\r\n";

    private final CarelessWriting careless;

    public PartyFiles(long seed) {
        careless = new CarelessWriting(new Random(seed));
    }

    /** The retailer's customers. */
    public void writeCustomers(Population population, Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            line(out, "email", "phone", "segment", "region", "spend");
            for (var customer : population.customers()) {
                var person = customer.person();
                line(
                        out,
                        careless.email(person.email()),
                        careless.phone(person.phone()),
                        customer.segment(),
                        customer.region(),
                        customer.spend());
            }
        }
    }

    /** The publisher's exposures. */
    public void writeExposures(Population population, Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            line(out, "email", "campaign", "impressions");
            for (var exposure : population.exposures()) {
                line(
                        out,
                        careless.email(exposure.person().email()),
                        exposure.campaign(),
                        Integer.toString(exposure.impressions()));
            }
        }
    }

    private static void line(BufferedWriter out, String... fields) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(quoted(fields[i]));
        }
        out.write(LINE_END);
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n' || c == ' ');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
