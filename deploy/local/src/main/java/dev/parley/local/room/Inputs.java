package dev.parley.local.room;

import dev.parley.local.people.PartyFiles;
import dev.parley.local.people.Population;
import dev.parley.local.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that the parties bring, with the people behind them, who exist nowhere else. */
public record Inputs(Population population, Path customers, Path exposures) {
    static Inputs make(int rows, long seed, StateFolder retailer, StateFolder publisher) throws IOException {
        var population = Population.generate(rows, seed);
        var customers = retailer.folder("files").file("customers.csv");
        var exposures = publisher.folder("files").file("exposures.csv");
        if (!Files.exists(customers) || !Files.exists(exposures)) {
            var files = new PartyFiles(seed);
            files.writeCustomers(population, customers);
            files.writeExposures(population, exposures);
        }
        return new Inputs(population, customers, exposures);
    }
}
