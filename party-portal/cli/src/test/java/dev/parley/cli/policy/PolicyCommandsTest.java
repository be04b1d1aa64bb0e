package dev.parley.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.console.Surroundings;
import dev.parley.cli.testing.Workshop;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.room.Approval;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandsTest {
    private static final Workshop WORKSHOP = Workshop.shared();

    @TempDir
    Path folder;

    @Test
    void compilesTheExampleRoomAndNamesItsDigest() throws Exception {
        var desk = WORKSHOP.desk("retailer", folder);
        var file = folder.resolve("bundle.json");

        desk.say("policy", "lint", room()).succeeds();
        var said = desk.say("policy", "digest", room(), "--out", file.toString(), "--json")
                .succeeds();

        var bundle = PolicyBundle.parse(Bytes.takeOwnershipOf(Files.readAllBytes(file)));
        assertThat(said.text("digest")).isEqualTo(bundle.digest().hex());
        assertThat(desk.say("policy", "digest", file.toString()).out().strip())
                .isEqualTo(bundle.digest().hex());
    }

    @Test
    void saysWhereAFileIsWrong() throws Exception {
        var copy = copyOfRoom();
        var file = copy.resolve("templates/reach-by-segment.yaml");
        Files.writeString(file, Files.readString(file).replace("GROUP BY c.segment", "GROUP BY c.spend"));
        var desk = WORKSHOP.desk("retailer", folder.resolve("home"));

        var lint = desk.say("policy", "lint", copy.toString());
        var digest = desk.say("policy", "digest", copy.toString(), "--json");

        assertThat(lint.exit()).isEqualTo(2);
        assertThat(lint.out()).contains("templates/reach-by-segment.yaml:").contains("[SQL_");
        digest.failsWith(2, "ROOM_NOT_COMPILED");
    }

    @Test
    void signsOnceEveryOtherRootKeyIsConfirmed() throws Exception {
        var desk = WORKSHOP.desk("retailer", folder);
        var out = folder.resolve("approval.jws");

        desk.say(approve(out, "--confirm", "publisher=" + WORKSHOP.rootPart("publisher")))
                .succeeds();

        var bundle = bundle(desk.say("policy", "digest", "retail-media", "--json")
                .succeeds()
                .text("digest"));
        var statement = Jws.parse(Files.readString(out).strip());
        var key = bundle.party(new PartyId("retailer"))
                .orElseThrow()
                .key(KeyUse.APPROVER, statement.signer())
                .orElseThrow();
        var approval = Approval.read(statement, key.verificationKey());
        assertThat(approval.digest()).isEqualTo(bundle.digest());
        assertThat(approval.role()).isEqualTo("compliance");
    }

    @Test
    void signsNothingWithoutTheRightConfirmation() {
        var desk = WORKSHOP.desk("retailer", folder);
        var out = folder.resolve("approval.jws");

        desk.say(approve(out, "--json")).failsWith(1, "CONFIRMATION_MISSING");
        desk.say(approve(out, "--json", "--confirm", "publisher=" + WORKSHOP.rootPart("retailer")))
                .failsWith(1, "CONFIRMATION_WRONG");
        desk.say(approve(
                        out,
                        "--json",
                        "--confirm",
                        "publisher=" + WORKSHOP.rootPart("publisher").substring(0, 4)))
                .failsWith(1, "CONFIRMATION_WRONG");
        desk.say(approve(out, "--json", "--confirm", "somebody=abcdefgh")).failsWith(2, "PARTY_NOT_IN_POLICY");
        assertThat(out).doesNotExist();
        desk.say("policy", "digest", "retail-media", "--json").failsWith(2, "ROOM_UNKNOWN");
    }

    @Test
    void asksThePersonAtATerminal() {
        var typed = WORKSHOP.rootPart("publisher");
        var person = new Surroundings.People() {
            private String asked = "";

            @Override
            public Optional<String> ask(String question) {
                asked += question;
                return Optional.of(typed);
            }

            @Override
            public Optional<char[]> askSecretly(String question) {
                return Optional.empty();
            }
        };
        var desk = WORKSHOP.desk("retailer", folder).with(person);

        var said = desk.say(approve(folder.resolve("approval.jws"))).succeeds();

        assertThat(person.asked).contains("publisher");
        assertThat(said.err()).contains("root key of publisher");
    }

    @Test
    void refusesAKeyThatThePolicyDoesNotName() {
        var desk = WORKSHOP.desk("retailer", folder);

        desk.say(
                        "policy",
                        "approve",
                        room(),
                        "--role",
                        "compliance",
                        "--confirm",
                        "publisher=" + WORKSHOP.rootPart("publisher"),
                        "--offline",
                        "--out",
                        folder.resolve("a.jws").toString(),
                        "--keys",
                        WORKSHOP.keys("publisher").toString(),
                        "--passphrase-file",
                        WORKSHOP.passphrase("publisher").toString(),
                        "--json")
                .failsWith(1, "KEY_NOT_IN_POLICY");
    }

    private PolicyBundle bundle(String digest) throws Exception {
        var file = folder.resolve("default/policies/" + digest + ".json");
        return PolicyBundle.parse(Bytes.takeOwnershipOf(Files.readAllBytes(file)));
    }

    private String[] approve(Path out, String... more) {
        var line = new java.util.ArrayList<>(java.util.List.of(
                "policy",
                "approve",
                room(),
                "--role",
                "compliance",
                "--offline",
                "--out",
                out.toString(),
                "--passphrase-file",
                WORKSHOP.passphrase("retailer").toString()));
        line.addAll(java.util.List.of(more));
        return line.toArray(String[]::new);
    }

    private Path copyOfRoom() throws IOException {
        var copy = folder.resolve("copy");
        try (var files = Files.walk(WORKSHOP.room())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = copy.resolve(WORKSHOP.room().relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return copy;
    }

    private static String room() {
        return WORKSHOP.room().toString();
    }
}
