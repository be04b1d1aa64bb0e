package dev.parley.cli.policy;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.PassphraseOptions;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.key.KeyFolderOption;
import dev.parley.cli.key.KeyName;
import dev.parley.cli.profile.Home;
import dev.parley.cli.remote.Sessions;
import dev.parley.policy.approval.Approvals;
import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.Thumbprint;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.Approval;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley policy approve}. */
@Command(
        name = "approve",
        description = {
            "Sign a policy in one role, publish it, and put it on your own portal's record once your quorum is full.",
            "Every other party's root key has to be confirmed: type the first characters of its thumbprint, or --confirm."
        })
public final class PolicyApprove implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ROOM", description = "The room folder, or a bundle file.")
    private String room = "";

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "The role that you approve in.")
    private String role = "";

    @Option(
            names = "--confirm",
            paramLabel = "PARTY=FIRST8",
            description = "The first characters of another party's root-key thumbprint, compared out of band.")
    private Map<String, String> confirmed = new LinkedHashMap<>();

    @Option(names = "--offline", description = "Publish nothing; write the approval with --out.")
    private boolean offline;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the signed approval there.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private final KeyFolderOption keys = new KeyFolderOption();

    @Mixin
    private final PassphraseOptions passphrases = new PassphraseOptions();

    public PolicyApprove(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        if (offline && out.isEmpty()) {
            throw Failure.of(CliCode.USAGE, "--offline needs --out FILE");
        }
        var home = Home.of(terminal);
        var bundle = RoomSource.read(room, terminal);
        var own = own(bundle, home);
        terminal.note("room " + bundle.room() + ", version " + bundle.version() + ", digest "
                + bundle.digest().hex());
        new Confirmations(terminal, confirmed).require(bundle, own.id());
        var approval = sign(bundle, own, home);
        if (out.isPresent()) {
            OwnFiles.write(out.get(), Bytes.utf8(approval.compact() + "\n"));
        }
        RoomSource.remember(bundle, home);
        var complete = !offline && publish(bundle, own, approval, home);
        terminal.result(document(bundle, approval, complete), summary(complete));
        return 0;
    }

    private String summary(boolean complete) {
        if (offline) {
            return "approved as " + role + "; nothing was published";
        }
        return "approved as " + role
                + (complete ? "; your quorum is full" : "; your quorum still misses an approval in another role");
    }

    private static Json.Obj document(PolicyBundle bundle, Jws approval, boolean complete) {
        return Json.object()
                .put("room", bundle.room().value())
                .put("version", bundle.version())
                .put("digest", bundle.digest().hex())
                .put("approval", approval.compact())
                .put("quorum", complete)
                .build();
    }

    private static Party own(PolicyBundle bundle, Home home) throws Failure {
        PartyId id = home.require(home.profile().party(), "--party ID");
        return bundle.party(id)
                .orElseThrow(() -> Failure.of(CliCode.PARTY_NOT_IN_POLICY, id + " is no party of this room"));
    }

    private Jws sign(PolicyBundle bundle, Party own, Home home) throws Failure {
        var key = approverKey(own, home);
        return new Approval(
                        bundle.room(),
                        bundle.version(),
                        bundle.previous(),
                        bundle.digest(),
                        own.id(),
                        role,
                        bundle.validUntil())
                .sign(key);
    }

    private SigningKey approverKey(Party own, Home home) throws Failure {
        var store = keys.store(home);
        final KeyName name;
        try {
            name = KeyName.approver(role);
        } catch (Malformed e) {
            throw Failure.of(CliCode.USAGE, "--role: " + e.getMessage());
        }
        var listed = own.key(KeyUse.APPROVER, store.verificationKey(name).thumbprint())
                .filter(key -> key.role().equals(Optional.of(role)));
        if (listed.isEmpty()) {
            throw Failure.of(CliCode.KEY_NOT_IN_POLICY, "the policy does not name " + name + " as an approver " + role);
        }
        var passphrase = passphrases.read(terminal);
        try {
            return store.signingKey(name, passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** Whether the party's own quorum is full now, and so on the portal's record. */
    private boolean publish(PolicyBundle bundle, Party own, Jws approval, Home home) throws Failure {
        try (var sessions = new Sessions(home, terminal)) {
            var operator = sessions.operator();
            operator.publish(bundle);
            operator.approve(bundle.room(), bundle.version(), approval);
            var ours = ours(operator.approvalsOf(bundle.room(), bundle.version()), own, approval);
            var complete = Approvals.tally(bundle, ours, terminal.now()).stream()
                    .filter(tally -> tally.party().equals(own.id()))
                    .allMatch(tally -> tally.isReached());
            if (complete) {
                sessions.portal().sign(bundle, ours);
            }
            return complete;
        }
    }

    /** One approval of each of this party's keys: the operator may hand in others, and leave some out. */
    private static List<Jws> ours(List<String> served, Party own, Jws approval) {
        var ours = new LinkedHashMap<Thumbprint, Jws>();
        for (var text : served) {
            statement(text)
                    .filter(statement ->
                            own.key(KeyUse.APPROVER, statement.signer()).isPresent())
                    .ifPresent(statement -> ours.put(statement.signer(), statement));
        }
        ours.put(approval.signer(), approval);
        return List.copyOf(ours.values());
    }

    /** What the operator serves beside our own statements is not ours to judge here. */
    private static Optional<Jws> statement(String text) {
        try {
            return Optional.of(Jws.parse(text));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }
}
