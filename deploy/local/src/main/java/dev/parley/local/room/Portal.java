package dev.parley.local.room;

import dev.parley.local.process.Children;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A party's portal with its key broker. Its keys are unlocked by a passphrase that it reads from a file descriptor. */
public final class Portal {
    private final Service service;

    private Portal(Service service) {
        this.service = service;
    }

    static Portal of(Site site, Domain party, Logins logins, Path trustRoot, Children children) throws IOException {
        var environment = Map.of(
                "PARLEY_PARTY", party.name(),
                "PARLEY_KEYS_FOLDER", PartyKeys.folder(party).path().toString(),
                "PARLEY_KEYS_PASSPHRASE_FD", "0",
                "PARLEY_TRUST_ROOT", trustRoot.toString());
        var jar = site.checkout().built("party-portal/web/target/quarkus-app/quarkus-run.jar");
        var service = new Service("portal", party, site.ports().of("portal-" + party.name()), jar, children)
                .with(environment)
                .loginBy(logins.issuer(party.name()))
                .reading(PartyKeys.passphrase(party));
        return new Portal(service);
    }

    public URI address() {
        return service.address();
    }

    public Service service() {
        return service;
    }
}
