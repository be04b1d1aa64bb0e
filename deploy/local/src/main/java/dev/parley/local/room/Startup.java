package dev.parley.local.room;

import static java.util.Objects.requireNonNull;

import dev.parley.local.console.Steps;
import dev.parley.local.process.Children;
import dev.parley.local.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts what a room stands on, in the order in which things need each other and side by side where they do not. */
final class Startup {
    private final Site site;
    private final Children children;
    private final Steps steps;
    private final Logins logins;
    private final Made made;
    private String mark = "";

    Startup(Site site, Children children, Steps steps, Logins logins) {
        this.site = site;
        this.children = children;
        this.steps = steps;
        this.logins = logins;
        made = new Made(site.state());
    }

    void buildImage() throws Exception {
        steps.step("enclave image: linked, packed and measured", () -> {
            SimulatedNitro.buildImage(site, operatorFolder(), children);
            return site;
        });
    }

    /** Says whether a room has to be made; if so, removes what is left of another one. */
    boolean clear(List<String> domains, String people) throws IOException {
        var measurements = operatorFolder().file("nitro").resolve("measurements.json");
        mark = Made.mark(people, measurements, example());
        if (made.is(mark)) {
            return false;
        }
        if (made.isAny()) {
            steps.say(
                    "  ! the image, the policy files or the people changed: a new room replaces the one that was here");
        }
        made.forget(domains);
        return true;
    }

    /** The room is complete: the next start goes on with it. */
    void finished() throws IOException {
        made.remember(mark);
    }

    Inputs inputs(int rows, long seed) throws Exception {
        return steps.step(
                "people: %,d rows for each party, written carelessly".formatted(rows),
                () -> Inputs.make(
                        rows,
                        seed,
                        site.state().folder(LocalRoom.RETAILER),
                        site.state().folder(LocalRoom.PUBLISHER)));
    }

    Map<String, Domain> domains(Iterable<String> names) throws Exception {
        return steps.step("PostgreSQL: a cluster each for " + String.join(", ", names), () -> {
            var domains = new LinkedHashMap<String, Domain>();
            for (var name : names) {
                domains.put(name, Domain.start(site, name, children));
            }
            return domains;
        });
    }

    OperatorSide operator(Domain operator) throws Exception {
        var nitro = Background.start(() ->
                steps.step("SIMULATED Nitro platform", () -> SimulatedNitro.start(site, operatorFolder(), children)));
        var api = Api.of(site, operator, logins, children);
        steps.step("operator's API", () -> {
            api.service().start();
            return api;
        });
        var host = EnclaveHost.of(site, operator, logins, api, nitro.await(), children);
        return new OperatorSide(operator, api, nitro.await(), host);
    }

    Map<String, PartySide> parties(List<String> names, Map<String, Domain> domains, OperatorSide operator)
            throws IOException {
        var parties = new LinkedHashMap<String, PartySide>();
        for (var name : names) {
            var domain = requireNonNull(domains.get(name));
            var portal = Portal.of(site, domain, logins, operator.nitro().root(), children);
            parties.put(name, new PartySide(domain, portal, Cli.of(site, domain, children)));
        }
        return parties;
    }

    /** Starts the portals, whose keys are there by now, and the host. */
    void serve(Collection<PartySide> parties, OperatorSide operator) throws Exception {
        var portals = parties.stream()
                .map(party -> Background.start(() -> steps.step("portal and key broker of the " + party.name(), () -> {
                    party.portal().service().start();
                    return party;
                })))
                .toList();
        for (var portal : portals) {
            portal.await();
        }
        operator.host().start();
        logins.keycloak();
    }

    Path example() throws IOException {
        return site.checkout().built("policies/rooms/retail-media");
    }

    private StateFolder operatorFolder() throws IOException {
        return site.state().folder(Domain.OPERATOR);
    }
}
