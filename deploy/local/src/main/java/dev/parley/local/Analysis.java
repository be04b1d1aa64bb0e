package dev.parley.local;

import static java.util.Objects.requireNonNull;

import dev.parley.local.answer.Answer;
import dev.parley.local.answer.Comparison;
import dev.parley.local.console.Steps;
import dev.parley.local.people.TrueAnswer;
import dev.parley.local.people.TrueAnswer.Dimension;
import dev.parley.local.room.LocalRoom;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.nio.file.Files;
import java.util.List;

/**
 * One question, asked by the publisher and answered to it.
 *
 * @param receipt what the verifier said about the receipt, for people
 */
record Analysis(Answer answer, Comparison comparison, String receipt) {
    private static final String TEMPLATE = "reach-by-segment";
    /** Intervals hold the truth in 95 of 100 cases; fewer than this share has another reason than bad luck. */
    private static final double LEAST_COVERED = 0.6;

    Analysis {
        requireNonNull(answer);
        requireNonNull(comparison);
        requireNonNull(receipt);
    }

    static Analysis run(LocalRoom room, Steps steps) throws Exception {
        var publisher = room.party(LocalRoom.PUBLISHER);
        var proof = publisher.domain().folder().folder("results").file(Long.toString(System.currentTimeMillis()));
        steps.step(
                "run: " + TEMPLATE + ", asked by the publisher; result opened",
                () -> publisher
                        .cli()
                        .unlocking(
                                "run",
                                TEMPLATE,
                                "--room",
                                LocalRoom.ROOM,
                                "--wait",
                                "--save",
                                proof.toString(),
                                "--json"));
        var receipt = steps.step(
                "receipt and evidence verified, offline", () -> publisher.cli().must("verify", proof.toString()));
        var result = Bytes.takeOwnershipOf(Files.readAllBytes(proof.resolve("result.json")));
        var answer = Answer.parse(Json.parseCanonical(result));
        var truth = TrueAnswer.of(room.inputs().population(), List.of(Dimension.SEGMENT));
        return new Analysis(answer, Comparison.of(answer, truth), receipt.strip());
    }

    /** Whether the figures are as near to the truth as their intervals promise. */
    boolean plausible() {
        return !comparison.lines().isEmpty()
                && comparison.covered() >= LEAST_COVERED * comparison.lines().size();
    }
}
