package dev.parley.cli.result;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.PassphraseOptions;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.key.KeyName;
import dev.parley.cli.key.KeyStore;
import dev.parley.cli.policy.RoomSource;
import dev.parley.cli.profile.Home;
import dev.parley.cli.remote.OperatorApi;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.receipt.Receipt;
import dev.parley.protocol.receipt.ResultSeal;
import dev.parley.protocol.receipt.VerifiedReceipt;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.wire.RunView;
import java.util.Arrays;
import java.util.Optional;

/** Fetches, verifies, opens and shows the result of one run. */
public final class Results {
    private final Terminal terminal;
    private final Home home;
    private final KeyStore store;
    private final PassphraseOptions passphrases;
    private final ResultOptions options;

    public Results(Terminal terminal, Home home, KeyStore store, PassphraseOptions passphrases, ResultOptions options) {
        this.terminal = terminal;
        this.home = home;
        this.store = store;
        this.passphrases = passphrases;
        this.options = options;
    }

    /**
     * Shows a delivered run's result, once it is proven.
     *
     * @param room where to find the policy; without it, among those that were approved with this profile
     */
    public void show(OperatorApi operator, RunView run, Optional<String> room) throws Failure {
        var proof = fetch(operator, run, room);
        var known = known(run, proof.bundle());
        var receipt = switch (new ProofVerifier(options.roots(proof.bundle(), home)).verify(proof, known)) {
            case ProofVerdict.Holds(var verified) -> verified;
            case ProofVerdict.Fails(var step) ->
                throw Failure.of(step.code(), ExitCode.REFUSED, "not proven, so not opened: " + step.meaning());
        };
        var result = OpenedResult.parse(open(proof, receipt));
        if (options.save().isPresent()) {
            proof.save(options.save().get());
            OwnFiles.writePrivate(
                    options.save().get().resolve("result.json"),
                    result.document().canonical());
        }
        print(run, receipt, result);
    }

    private void print(RunView run, VerifiedReceipt receipt, OpenedResult result) {
        var domain = receipt.enclave().trustDomain();
        var isolation = IsolationNote.of(receipt);
        if (options.csv()) {
            terminal.raw(result.csv());
            return;
        }
        var subject = receipt.receipt().subject();
        var document = Json.object()
                .put("run", run.run())
                .put("room", run.room())
                .put("template", subject.template().value())
                .put("verified", true)
                .put("trustDomain", domain.text())
                .put("isolation", isolation.level().orElse(null))
                .put("policy", subject.run().policy().hex())
                .put("query", subject.run().query().hex())
                .put("repeatOf", run.repeatOf())
                .put("limits", receipt.receipt().limits())
                .put("result", result.document())
                .build();
        terminal.result(
                document,
                result.table() + "\n\nverified: " + domain.text() + " enclave"
                        + (domain == TrustDomain.SIMULATED ? " (SIMULATED)" : "") + ", policy "
                        + subject.run().policy().hex().substring(0, 16) + "…, query "
                        + subject.run().query().hex().substring(0, 16) + "…, mode " + result.mode() + "\nisolation: "
                        + isolation.text());
    }

    private Proof fetch(OperatorApi operator, RunView run, Optional<String> room) throws Failure {
        var served = operator.receipt(run.run());
        try {
            var receipt = Bytes.parseBase64Url(served.receipt());
            return new Proof(
                    bundle(receipt, run, room),
                    Jws.parse(served.runRequest()),
                    receipt,
                    new Evidence(Bytes.parseBase64Url(served.evidence())),
                    Optional.of(operator.result(run.run())));
        } catch (Malformed e) {
            throw Failure.of(CliCode.SERVICE_ANSWER_MALFORMED, "the receipt cannot be read: " + e.getMessage());
        }
    }

    /** The policy that the receipt names, if this party approved it; the verifier compares digests again. */
    private PolicyBundle bundle(Bytes receipt, RunView run, Optional<String> room) throws Failure, Malformed {
        if (room.isPresent()) {
            return RoomSource.read(room.get(), terminal);
        }
        var digest = Receipt.parse(receipt).subject().run().policy();
        var approved = RoomSource.approved(digest, home);
        return approved.isPresent() ? approved.get() : RoomSource.read(run.room(), terminal);
    }

    private Optional<RunRequest.Query> known(RunView run, PolicyBundle bundle) throws Failure {
        return new RunRequests(home)
                .find(run.run())
                .flatMap(request -> ProofVerifier.request(bundle, request))
                .map(RunRequest::query);
    }

    private Bytes open(Proof proof, VerifiedReceipt receipt) throws Failure {
        var party = home.require(home.profile().party(), "--party ID");
        var passphrase = passphrases.read(terminal);
        try {
            var key = store.openingKey(KeyName.RECIPIENT, passphrase);
            return ResultSeal.open(proof.sealed().orElseThrow(), receipt, party, key);
        } catch (Malformed e) {
            throw Failure.of(CliCode.RESULT_NOT_OURS, String.valueOf(e.getMessage()));
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }
}
