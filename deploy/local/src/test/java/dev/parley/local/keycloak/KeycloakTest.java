package dev.parley.local.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.process.Children;
import dev.parley.local.state.Checkout;
import dev.parley.local.state.Ports;
import dev.parley.local.state.StateFolder;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeycloakTest {
    @TempDir
    static Path temporary;

    private static final Children CHILDREN = Children.endingWithThisJvm();
    private static Keycloak keycloak;
    private static Realm operator;
    private static Realm retailer;

    @BeforeAll
    static void start() throws Exception {
        var checkout = Checkout.find();
        var state = StateFolder.open(temporary.resolve("state"));
        var templates = checkout.path().resolve("deploy/keycloak");
        operator = new Realm("operator", templates.resolve("operator.json"), state.folder("operator"));
        retailer = new Realm("retailer", templates.resolve("party.json"), state.folder("retailer"));
        keycloak = Keycloak.start(
                KeycloakDistribution.of(checkout),
                state.folder("keycloak"),
                Ports.of(state).of("keycloak"),
                CHILDREN,
                List.of(operator, retailer));
    }

    @AfterAll
    static void stop() {
        CHILDREN.close();
    }

    @Test
    void givesAPartysJobATokenThatNamesThePartyForTheApi() throws Exception {
        var token = claims(login(operator, "retailer-job").accessToken());

        assertThat(token).containsEntry("party", new Json.Str("retailer"));
        assertThat(audience(token)).contains("parley-api");
        assertThat(roles(token)).contains("party-member", "analyst", "steward", "approver");
    }

    @Test
    void givesTheHostTheRoleOfHostsAlone() throws Exception {
        var token = claims(login(operator, "enclave-host").accessToken());

        assertThat(token).doesNotContainKey("party");
        assertThat(roles(token)).contains("host").doesNotContain("party-member", "analyst");
    }

    @Test
    void givesAPartysOwnRealmTokensForItsPortal() throws Exception {
        var token = claims(login(retailer, "parley-job").accessToken());

        assertThat(audience(token)).contains("parley-portal").doesNotContain("parley-api");
        assertThat(token.get("iss"))
                .isEqualTo(new Json.Str(keycloak.issuer("retailer").toString()));
        assertThat(roles(token)).contains("steward", "approver", "analyst");
    }

    @Test
    void refusesTheSecretOfAnotherRealm() throws Exception {
        var wrong = new ServiceLogin(keycloak.issuer("retailer"), "parley-job", operator.clientSecret("retailer-job"));

        assertThatThrownBy(wrong::accessToken).isInstanceOf(IOException.class).hasMessageContaining("401");
    }

    @Test
    void keepsNoFilledRealmFile() {
        assertThat(Files.exists(keycloak.folder().file("data/import"))).isFalse();
        assertThat(Files.exists(keycloak.folder().file("data/h2"))).isTrue();
    }

    private static ServiceLogin login(Realm realm, String client) throws IOException {
        return new ServiceLogin(keycloak.issuer(realm.name()), client, realm.clientSecret(client));
    }

    private static Map<String, Json> claims(String token) throws Exception {
        var payload = Bytes.parseBase64Url(token.split("\\.", -1)[1]);
        return Json.parse(payload).asObject().members();
    }

    private static List<String> roles(Map<String, Json> claims) throws Exception {
        return texts(claim(claim(claims, "realm_access").asObject().members(), "roles"));
    }

    private static List<String> audience(Map<String, Json> claims) {
        return texts(claim(claims, "aud"));
    }

    private static Json claim(Map<String, Json> claims, String name) {
        return Objects.requireNonNull(claims.get(name), name);
    }

    private static List<String> texts(Json value) {
        var texts = new ArrayList<String>();
        switch (value) {
            case Json.Arr all -> all.items().forEach(each -> texts.addAll(texts(each)));
            case Json.Str one -> texts.add(one.value());
            default -> throw new AssertionError("neither text nor list");
        }
        return texts;
    }
}
