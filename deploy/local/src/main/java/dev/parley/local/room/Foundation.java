package dev.parley.local.room;

import dev.parley.local.console.Steps;
import dev.parley.local.keycloak.Keycloak;
import dev.parley.local.keycloak.KeycloakDistribution;
import dev.parley.local.keycloak.Realm;
import dev.parley.local.keycloak.ServiceLogin;
import dev.parley.local.postgres.PostgresBinaries;
import dev.parley.local.postgres.PostgresCluster;
import dev.parley.local.process.Children;
import dev.parley.local.state.Checkout;
import dev.parley.local.state.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the services of a room stand on: a cluster for each trust domain, and Keycloak with a realm for each. Keycloak is
 * the slowest to start, so the services start beside it and wait for it themselves.
 */
public final class Foundation {
    public static final String OPERATOR = "operator";

    private final Map<String, Domain> domains;
    private final int keycloakPort;
    private final Background<Keycloak> keycloak;

    private Foundation(Map<String, Domain> domains, int keycloakPort, Background<Keycloak> keycloak) {
        this.domains = domains;
        this.keycloakPort = keycloakPort;
        this.keycloak = keycloak;
    }

    /** Starts the clusters, and Keycloak in the background. */
    static Foundation start(Site site, List<String> domains, Children children, Steps steps) throws Exception {
        var realms = new LinkedHashMap<String, Realm>();
        for (var name : domains) {
            realms.put(name, realm(site.checkout(), name, site.state().folder(name)));
        }
        int port = site.ports().of("keycloak");
        var keycloak = Background.start(() -> steps.step(
                "Keycloak: a realm each for " + String.join(", ", domains),
                () -> Keycloak.start(
                        KeycloakDistribution.of(site.checkout()),
                        site.state().folder("keycloak"),
                        port,
                        children,
                        List.copyOf(realms.values()))));
        var clusters = steps.step(
                "PostgreSQL: a cluster each for " + String.join(", ", domains), () -> domains(site, realms, children));
        return new Foundation(clusters, port, keycloak);
    }

    public Domain domain(String name) {
        var domain = domains.get(name);
        if (domain == null) {
            throw new IllegalArgumentException("no such trust domain: " + name);
        }
        return domain;
    }

    /** Known before Keycloak answers. */
    public URI issuer(String domain) {
        return Keycloak.issuer(keycloakPort, domain(domain).realm().name());
    }

    public ServiceLogin login(String domain, String client) throws IOException {
        return new ServiceLogin(issuer(domain), client, domain(domain).realm().clientSecret(client));
    }

    /** Waits until it answers. */
    public Keycloak keycloak() throws Exception {
        return keycloak.await();
    }

    private static Map<String, Domain> domains(Site site, Map<String, Realm> realms, Children children)
            throws Exception {
        var binaries = PostgresBinaries.unpackedIn(site.checkout().path().resolve("deploy/local/target/postgres"));
        var domains = new LinkedHashMap<String, Domain>();
        for (var realm : realms.values()) {
            var folder = site.state().folder(realm.name());
            int port = site.ports().of("postgres-" + realm.name());
            var cluster = PostgresCluster.start(binaries, folder.folder("postgres"), port, children);
            domains.put(realm.name(), new Domain(realm.name(), folder, realm, cluster));
        }
        return domains;
    }

    private static Realm realm(Checkout checkout, String name, StateFolder folder) throws IOException {
        var template = checkout.built("deploy/keycloak/" + (name.equals(OPERATOR) ? "operator.json" : "party.json"));
        return new Realm(name, template, folder.folder("realm"));
    }
}
