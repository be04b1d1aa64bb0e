package dev.parley.local.room;

import dev.parley.local.console.Steps;
import dev.parley.local.keycloak.Keycloak;
import dev.parley.local.keycloak.KeycloakDistribution;
import dev.parley.local.keycloak.Realm;
import dev.parley.local.keycloak.ServiceLogin;
import dev.parley.local.process.Children;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The realms of a room. Keycloak is the slowest to start, so it starts in the background; issuers and secrets are known
 * before it answers.
 */
public final class Logins {
    private final Map<String, Realm> realms;
    private final int port;
    private final Background<Keycloak> keycloak;

    private Logins(Map<String, Realm> realms, int port, Background<Keycloak> keycloak) {
        this.realms = realms;
        this.port = port;
        this.keycloak = keycloak;
    }

    static Logins start(Site site, List<String> domains, Children children, Steps steps) throws IOException {
        var realms = new LinkedHashMap<String, Realm>();
        for (var domain : domains) {
            realms.put(domain, realm(site, domain));
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
        return new Logins(realms, port, keycloak);
    }

    public Realm realm(String domain) {
        var realm = realms.get(domain);
        if (realm == null) {
            throw new IllegalArgumentException("no realm for " + domain);
        }
        return realm;
    }

    public URI issuer(String domain) {
        return Keycloak.issuer(port, realm(domain).name());
    }

    public ServiceLogin login(String domain, String client) throws IOException {
        return new ServiceLogin(issuer(domain), client, realm(domain).clientSecret(client));
    }

    /** Waits until it answers. */
    public Keycloak keycloak() throws Exception {
        return keycloak.await();
    }

    private static Realm realm(Site site, String domain) throws IOException {
        var template = domain.equals(Domain.OPERATOR) ? "operator.json" : "party.json";
        return new Realm(
                domain,
                site.checkout().built("deploy/keycloak/" + template),
                site.state().folder(domain).folder("realm"));
    }
}
