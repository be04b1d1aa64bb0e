package dev.parley.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.testing.Desk;
import dev.parley.cli.testing.Said;
import dev.parley.cli.testing.TestEnclave;
import dev.parley.cli.testing.TestOperator;
import dev.parley.cli.testing.TestPortal;
import dev.parley.cli.testing.TestRealm;
import dev.parley.cli.testing.Workshop;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.wire.RunState;
import dev.parley.protocol.wire.VersionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a party from its policy to a verified result, against services on loopback. */
class ServicesTest {
    private static final Workshop WORKSHOP = Workshop.shared();
    private static final String FIGURES = """
            {"columns":[{"as":"people","kind":"PEOPLE","noise":null},{"as":"impressions","kind":"SUM","noise":null}],\
            "dimensions":["region"],"mode":"dp","parley":"result/1","rows":[\
            {"cells":[{"halfWidth95":"3","suppressed":false,"value":"120"},\
            {"halfWidth95":null,"suppressed":true,"value":null}],"group":["north"]}]}""";

    @TempDir
    static Path shared;

    private static Path sealedFolder;

    @TempDir
    Path folder;

    private TestRealm realm;
    private TestPortal portal;
    private TestOperator operator;
    private Desk desk;

    /** Sealing unlocks keys, which takes its time: once for all tests. */
    @BeforeAll
    static void sealTwoDatasets() throws IOException {
        sealedFolder = shared.resolve("sealed");
        WORKSHOP.desk("retailer", shared.resolve("retailer"))
                .say("policy", "digest", WORKSHOP.room().toString(), "--out", bundle().toString())
                .succeeds();
        var people = new StringBuilder("email,segment,region,spend\n");
        for (var i = 0; i < 20_000; i++) {
            people.append("person")
                    .append(i)
                    .append("@example.com,family,north,")
                    .append(i % 50)
                    .append('\n');
        }
        seal("retailer", "customers", people.toString());
        seal("publisher", "exposures", "email,campaign,impressions\nperson1@example.com,spring,3\n");
    }

    private static void seal(String party, String dataset, String csv) throws IOException {
        var file = Files.writeString(shared.resolve(dataset + ".csv"), csv);
        WORKSHOP.desk(party, shared.resolve(party))
                .say(
                        "seal",
                        "--room",
                        bundle().toString(),
                        "--dataset",
                        dataset,
                        "--out",
                        sealedFolder.toString(),
                        "--passphrase-file",
                        WORKSHOP.passphrase(party).toString(),
                        file.toString())
                .succeeds();
    }

    @BeforeEach
    void startServices() throws Exception {
        realm = new TestRealm();
        portal = new TestPortal(realm);
        operator = new TestOperator(realm, TestEnclave.of(WORKSHOP, Bytes.utf8(FIGURES)));
        desk = WORKSHOP.desk("retailer", folder.resolve("home"));
        desk.say(
                        "profile",
                        "set",
                        "--operator-url",
                        operator.uri().toString(),
                        "--operator-issuer",
                        realm.issuer().toString(),
                        "--portal-url",
                        portal.uri().toString(),
                        "--portal-issuer",
                        realm.issuer().toString())
                .succeeds();
        secret(TestRealm.SECRET);
    }

    @AfterEach
    void stopServices() {
        operator.close();
        portal.close();
        realm.close();
    }

    @Test
    void aPersonLogsInWithACodeAndTokensAreKeptFromOthers() throws Exception {
        var said = desk.say("login", "--at", "operator").succeeds();

        assertThat(said.err()).contains("ABCD-EFGH").contains("/confirm");
        var token = desk.home().resolve("default/tokens/operator.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(said.out() + said.err()).doesNotContain("token-");
        desk.say("runs", "list").succeeds();
    }

    @Test
    void tokensThatLapsedAreRenewedWithoutAPerson() throws Exception {
        login();
        var later = new Desk(desk.home(), () -> Workshop.NOW.plusSeconds(3_600));

        later.say("runs", "list").succeeds();

        assertThat(realm.grants()).containsExactly("client_credentials", "client_credentials", "client_credentials");
    }

    @Test
    void saysWhenALoginIsMissingOrRefused() throws Exception {
        desk.say("runs", "list", "--json").failsWith(1, "LOGIN_NEEDED");
        secret("another secret");
        desk.say(loginLine("--json")).failsWith(1, "LOGIN_REFUSED");
        desk.say("login", "--client-credentials", "--json").failsWith(2, "PASSPHRASE_MISSING");
    }

    @Test
    void aServiceThatIsNotThereIsExitCodeThree() throws Exception {
        login();
        operator.close();
        realm.close();

        desk.say("runs", "list", "--json").failsWith(3, "SERVICE_UNREACHABLE");
        desk.say(loginLine("--json")).failsWith(3, "SERVICE_UNREACHABLE");
        var said = desk.say("runs", "list");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err().lines()).hasSize(1);
    }

    @Test
    void theSecondApprovalOfAPartyGoesOnItsOwnRecord() throws Exception {
        login();

        approve("compliance");
        assertThat(portal.policies()).isEmpty();
        approve("legal");

        assertThat(operator.approvals()).hasSize(2);
        assertThat(portal.policies()).hasSize(1);
        assertThat(portal.policies().getFirst().approvals()).hasSize(2);
        desk.say("policy", "digest", "retail-media").succeeds();
    }

    @Test
    void anUploadThatIsCutGoesOnWhereItStopped() throws Exception {
        login();
        operator.cutAfter(70_000, 100_000);

        desk.say("upload", sealed("customers")).succeeds();

        var file = Files.readAllBytes(Path.of(sealed("customers")));
        var uploaded = operator.uploaded().toArray();
        assertThat(uploaded).hasSizeGreaterThan(700_000);
        assertThat(file).endsWith(uploaded);
        assertThat(operator.lines()).containsOnlyOnce("POST /v1/uploads").contains("HEAD /v1/uploads/1");
        assertThat(operator.metadata())
                .contains("room " + base64("retail-media"), "dataset " + base64("customers"), "version " + base64("1"));
        assertThat(portal.held()).hasSize(1);
    }

    @Test
    void anotherCommandTakesUpAnUploadThatWasGivenUp() throws Exception {
        login();
        operator.cutAfter(10_000, 10_000, 10_000, 10_000, 10_000);

        desk.say("upload", sealed("customers"), "--json").failsWith(3, "UPLOAD_CUT");
        var soFar = operator.uploaded().size();
        desk.say("upload", sealed("customers")).succeeds();

        assertThat(soFar).isBetween(10_000, 50_000);
        assertThat(operator.lines()).containsOnlyOnce("POST /v1/uploads");
        assertThat(Files.readAllBytes(Path.of(sealed("customers"))))
                .endsWith(operator.uploaded().toArray());
    }

    @Test
    void anUploadThatTheOperatorFindsDamagedIsRefusedByItsCode() throws Exception {
        login();
        operator.refuseUploadWith(422);

        desk.say("upload", sealed("customers"), "--json").failsWith(1, "UPLOAD_DIGEST_MISMATCH");
    }

    @Test
    void uploadsNothingThatDoesNotBelongTogether() throws Exception {
        login();
        var copy = Files.createDirectory(folder.resolve("copy"));
        for (var ending : List.of(".parley", ".manifest.jws", ".key.json")) {
            Files.copy(sealedFolder.resolve("customers-v1" + ending), copy.resolve("c" + ending));
        }
        Files.copy(
                sealedFolder.resolve("exposures-v1.parley"),
                copy.resolve("c.parley"),
                StandardCopyOption.REPLACE_EXISTING);

        desk.say("upload", copy.resolve("c.parley").toString(), "--json").failsWith(1, "SEALED_FILE_MISMATCH");
        desk.say("upload", sealed("exposures"), "--json").failsWith(1, "SEALED_FILE_MISMATCH");
        assertThat(portal.held()).isEmpty();
        assertThat(operator.lines()).isEmpty();
    }

    @Test
    void aRunEndsInAVerifiedResultThatVerifiesAgainOffline() throws Exception {
        ready();
        var saved = folder.resolve("saved").toString();

        var said = run("--wait", "--save", saved).succeeds();

        assertThat(said.out())
                .contains("north")
                .contains("120 ± 3")
                .contains("suppressed")
                .contains("SIMULATED")
                .contains("isolation: WEAKER: no-dedicated-user");
        assertThat(desk.say("verify", saved).succeeds().out()).contains("isolation: WEAKER: no-dedicated-user");
        var verified = desk.say("verify", saved, "--json").succeeds();
        assertThat(verified.text("verdict")).isEqualTo("verified");
        assertThat(verified.fields().array("checks")).hasSize(11);
        assertThat(verified.text("isolation")).isEqualTo("no-dedicated-user");
        assertThat(desk.say(result("--csv")).out())
                .isEqualTo("region,people,people_half_width_95,impressions,impressions_half_width_95\nnorth,120,3,,\n");
        desk.say("verify", saved, "--policy", "00".repeat(48), "--json").failsWith(1, "RECEIPT_OTHER_POLICY");
    }

    @Test
    void fetchesTheEvidenceOfARunAndSaysHowToVerifyIt() throws Exception {
        ready();
        run("--wait").succeeds();
        var fetched = folder.resolve("fetched");

        var said = desk.say("attest", "fetch", "--run", TestOperator.RUN, "-o", fetched.toString(), "--json")
                .succeeds();

        var next = said.fields().texts("next", command -> command);
        assertThat(next.getFirst()).startsWith("parley attest explain");
        var explained = desk.say(next.getFirst().substring("parley ".length()).split(" ", -1));
        assertThat(explained.exit()).as(explained.out()).isZero();
        assertThat(explained.out())
                .contains("SIMULATED")
                .contains("equal      user data and the digest of the receipt")
                .contains("The platform enforced the isolation \"no-dedicated-user\".");
        assertThat(fetched.resolve("run-request.jws")).exists();
        desk.say("attest", "fetch", "--run", "not-a-run", "-o", fetched.toString(), "--json")
                .failsWith(2, "NOT_FOUND");
    }

    @Test
    void anotherRunsEvidenceDoesNotFitTheReceipt() throws Exception {
        ready();
        run("--wait").succeeds();
        var fetched = folder.resolve("fetched");
        desk.say("attest", "fetch", "--run", TestOperator.RUN, "-o", fetched.toString())
                .succeeds();
        var other = WORKSHOP.platform().attest(TestClaims.at(Workshop.NOW).build());
        Files.write(fetched.resolve("evidence.cbor"), other.document().toArray());

        var said = desk.say(
                "attest",
                "explain",
                fetched.resolve("evidence.cbor").toString(),
                "--root",
                WORKSHOP.root().toString(),
                "--receipt",
                fetched.resolve("receipt.json").toString());

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("accepted")
                .contains("DIFFERENT  user data")
                .contains("DIFFERENT  PCR17");
    }

    @Test
    void everyChangedFileOfAProofIsFoundOut() throws Exception {
        ready();
        var saved = folder.resolve("saved");
        run("--wait", "--save", saved.toString()).succeeds();

        for (var name : List.of("receipt.json", "evidence.cbor", "result.sealed", "run-request.jws", "bundle.json")) {
            var file = saved.resolve(name);
            var whole = Files.readAllBytes(file);
            var changed = whole.clone();
            changed[changed.length / 2] ^= 1;
            Files.write(file, changed);
            var verdict = desk.say("verify", saved.toString(), "--json");
            assertThat(verdict.exit()).as(name + verdict).isIn(1, 2);
            Files.write(file, whole);
        }

        desk.say("verify", saved.toString()).succeeds();
    }

    @Test
    void opensNothingThatTheReceiptDoesNotName() throws Exception {
        ready();
        run().succeeds();
        var result = operator.result().toArray();
        result[result.length - 1] ^= 1;
        operator.swapResult(Bytes.takeOwnershipOf(result));

        desk.say(result("--json")).failsWith(1, "RESULT_NOT_OURS");
    }

    @Test
    void aRunWithoutAResultSaysItsCode() throws Exception {
        ready();
        run().succeeds();

        operator.endRunsAs(RunState.REFUSED);
        desk.say("result", TestOperator.RUN, "--json").failsWith(1, "BUDGET_EXHAUSTED");
        operator.endRunsAs(RunState.RUNNING);
        desk.say("result", TestOperator.RUN, "--json").failsWith(1, "RUN_NOT_FINISHED");
        desk.say("result", TestOperator.RUN, "--wait", "--timeout", "1", "--json")
                .failsWith(1, "RUN_NOT_FINISHED");
        desk.say("result", "not-a-run", "--json").failsWith(2, "NOT_FOUND");
    }

    @Test
    void whatThePolicyRefusesIsNeverSent() throws Exception {
        ready();

        ask("campaign-reach", "--param", "campaign=easter").failsWith(1, "LITERAL_OUTSIDE_DOMAIN");
        ask("campaign-reach").failsWith(2, "PARAMETER_MALFORMED");
        ask("campaign-reach", "--param", "campaign=spring", "--param", "color=red")
                .failsWith(2, "PARAMETER_MALFORMED");
        ask("everybody").failsWith(2, "TEMPLATE_NOT_IN_POLICY");
        ask("exact-overlap", "--to", "publisher").failsWith(1, "RECIPIENT_NOT_ALLOWED");
        assertThat(operator.lines()).doesNotContain("POST /v1/runs");
        ask("campaign-reach", "--param", "campaign=spring", "--check").succeeds();
        assertThat(desk.home().resolve("default/runs")).doesNotExist();
        assertThat(operator.lines()).doesNotContain("POST /v1/runs");
    }

    @Test
    void dataThatIsNotReadyCannotBeAsked() throws Exception {
        ready();
        operator.list(manifest("exposures"), VersionState.AWAITING_UPLOAD);

        ask("campaign-reach", "--param", "campaign=spring").failsWith(1, "DATASET_NOT_READY");
    }

    @Test
    void showsWhatIsLeftOfTheBudget() throws Exception {
        login();

        var said = desk.say("budget").succeeds();

        assertThat(said.out())
                .contains("loyalty-members")
                .contains("10.000")
                .contains("1.500")
                .contains("8.000");
    }

    private void ready() throws Exception {
        login();
        operator.take(PolicyBundle.parse(Bytes.takeOwnershipOf(Files.readAllBytes(bundle()))));
        operator.list(manifest("customers"), VersionState.READY);
        operator.list(manifest("exposures"), VersionState.READY);
    }

    private Said run(String... more) {
        var line = new ArrayList<>(List.of(
                "run",
                "campaign-reach",
                "--room",
                bundle().toString(),
                "--param",
                "campaign=spring",
                "--passphrase-file",
                passphrase()));
        line.addAll(List.of(more));
        return desk.say(line.toArray(String[]::new));
    }

    private Said ask(String template, String... more) {
        var line = new ArrayList<>(
                List.of("run", template, "--room", bundle().toString(), "--json", "--passphrase-file", passphrase()));
        line.addAll(List.of(more));
        return desk.say(line.toArray(String[]::new));
    }

    private static String[] result(String... more) {
        var line = new ArrayList<>(
                List.of("result", TestOperator.RUN, "--room", bundle().toString(), "--passphrase-file", passphrase()));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    private static Path bundle() {
        return shared.resolve("bundle.json");
    }

    private void approve(String role) {
        desk.say(
                        "policy",
                        "approve",
                        WORKSHOP.room().toString(),
                        "--role",
                        role,
                        "--confirm",
                        "publisher=" + WORKSHOP.rootPart("publisher"),
                        "--passphrase-file",
                        passphrase())
                .succeeds();
    }

    private void login() {
        desk.say(loginLine()).succeeds();
    }

    private String[] loginLine(String... more) {
        var secret = folder.resolve("secret").toString();
        var line = new ArrayList<>(List.of(
                "login",
                "--client-credentials",
                "--operator-client",
                "retailer-job",
                "--operator-secret-file",
                secret,
                "--portal-client",
                "parley-job",
                "--portal-secret-file",
                secret));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    private void secret(String text) throws IOException {
        var file = Files.writeString(folder.resolve("secret"), text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Jws manifest(String dataset) throws Exception {
        return Jws.parse(Files.readString(sealedFolder.resolve(dataset + "-v1.manifest.jws"))
                .strip());
    }

    private static String sealed(String dataset) {
        return sealedFolder.resolve(dataset + "-v1.parley").toString();
    }

    private static String passphrase() {
        return WORKSHOP.passphrase("retailer").toString();
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
