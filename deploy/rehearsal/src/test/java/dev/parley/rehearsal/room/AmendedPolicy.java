package dev.parley.rehearsal.room;

import dev.parley.local.room.LocalRoom;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The next version of the room's policy, written and approved as compliance teams do. */
final class AmendedPolicy {
    private final Rehearsed rehearsed;
    private final Path files;

    private AmendedPolicy(Rehearsed rehearsed, Path files) {
        this.rehearsed = rehearsed;
        this.files = files;
    }

    static AmendedPolicy of(Rehearsed rehearsed) throws Exception {
        return new AmendedPolicy(rehearsed, rehearsed.room().folder().path());
    }

    AmendedPolicy replace(String file, String old, String by) throws Exception {
        var path = files.resolve(file);
        var text = Files.readString(path);
        if (!text.contains(old)) {
            throw new IllegalStateException("nothing to replace in " + file);
        }
        Files.writeString(path, text.replace(old, by));
        return this;
    }

    /** Numbers it as the successor of version 1, and has every role of every party sign it. */
    void approve() throws Exception {
        var parties = rehearsed.room().parties();
        var view = Rehearsed.json(new String(
                rehearsed.body(
                        rehearsed.api("/v1/rooms/" + LocalRoom.ROOM + "/policies/1"),
                        rehearsed.operatorToken(LocalRoom.RETAILER)),
                StandardCharsets.UTF_8));
        var digest = Sha384Digest.of(view).hex();
        replace("room.yaml", "\nversion: 1\n", "\nversion: 2\nprevious: " + digest + "\n");
        for (var party : parties) {
            for (var role : List.of("compliance", "legal")) {
                party.cli()
                        .unlocking(
                                "policy",
                                "approve",
                                files.toString(),
                                "--role",
                                role,
                                "--confirm",
                                confirmation(party.name()));
            }
        }
    }

    private String confirmation(String party) throws Exception {
        var other = party.equals(LocalRoom.RETAILER) ? LocalRoom.PUBLISHER : LocalRoom.RETAILER;
        var root =
                rehearsed.room().party(other).domain().folder().folder("keys").file("root.jwk");
        var jwk = Json.parse(Bytes.takeOwnershipOf(Files.readAllBytes(root))).asObject();
        return other + "="
                + VerificationKey.read(jwk.fields()).thumbprint().print().substring(0, 8);
    }
}
