package dev.parley.local.room;

import dev.parley.local.console.Steps;
import dev.parley.local.process.Children;
import dev.parley.local.state.StateFolder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Starts what a room stands on, in the order in which things need each other and side by side where they do not. */
final class Startup {
    private final Site site;
    private final Children children;
    private final Steps steps;
    private final Logins logins;

    Startup(Site site, Children children, Steps steps, Logins logins) {
        this.site = site;
        this.children = children;
        this.steps = steps;
        this.logins = logins;
    }

    void buildImage() throws Exception {
        steps.step("enclave image: linked, packed and measured", () -> {
            SimulatedNitro.buildImage(site, operatorFolder(), children);
            return site;
        });
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

    private StateFolder operatorFolder() throws IOException {
        return site.state().folder(Domain.OPERATOR);
    }
}
