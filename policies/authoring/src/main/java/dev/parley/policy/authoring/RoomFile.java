package dev.parley.policy.authoring;

import dev.parley.policy.authoring.RoomFiles.Refused;
import dev.parley.policy.authoring.yaml.Position;
import dev.parley.policy.authoring.yaml.YamlMap;
import dev.parley.policy.authoring.yaml.YamlProblem;
import dev.parley.policy.bundle.LogIdentity;
import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PartyKey;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.RoomId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code room.yaml} says. */
record RoomFile(
        RoomId id,
        String name,
        String purpose,
        int version,
        Optional<PolicyDigest> previous,
        Instant from,
        Instant until,
        ReferenceValues referenceValues,
        LogIdentity log,
        List<Party> parties) {

    static final String NAME = "room.yaml";

    static RoomFile read(RoomFiles files) throws YamlProblem, Refused {
        var room = files.yaml(NAME, "room/1");
        NotAvailable.inRoom(room);
        var id = room.text("id", RoomId::parse);
        var version = (int) room.whole("version", 1, Integer.MAX_VALUE);
        var previous = room.optionalText("previous", PolicyDigest::parse);
        if (previous.isPresent() != version > 1) {
            throw new YamlProblem(
                    YamlProblem.Code.BAD_VALUE,
                    room.at("version"),
                    "version 1 has no previous digest, every later version has one");
        }
        var valid = room.map("valid");
        var from = valid.instant("from");
        var until = valid.instant("until");
        valid.end();
        if (!from.isBefore(until)) {
            throw new YamlProblem(YamlProblem.Code.BAD_VALUE, valid.at("until"), "until must be later than from");
        }
        var read = new RoomFile(
                id,
                room.text("name"),
                room.text("purpose"),
                version,
                previous,
                from,
                until,
                MeasurementsFile.read(files, room.scalar("measurements")),
                log(room.map("log"), files),
                parties(room, files));
        room.end();
        return read;
    }

    private static LogIdentity log(YamlMap log, RoomFiles files) throws YamlProblem, Refused {
        var origin = log.text("origin");
        var key = new KeyFiles(files).ed25519(log.scalar("key"));
        log.end();
        return log.make(() -> new LogIdentity(origin, key));
    }

    private static List<Party> parties(YamlMap room, RoomFiles files) throws YamlProblem, Refused {
        var parties = new ArrayList<Party>();
        for (var map : room.maps("parties", "id")) {
            var party = party(map, files);
            if (parties.stream().anyMatch(other -> other.id().equals(party.id()))) {
                throw new YamlProblem(YamlProblem.Code.DEFINED_TWICE, map.at(), "this party stands twice");
            }
            parties.add(party);
        }
        return parties;
    }

    private static Party party(YamlMap map, RoomFiles files) throws YamlProblem, Refused {
        var id = map.text("id", PartyId::parse);
        var name = map.text("name");
        var broker = map.text("broker", RoomFile::uri);
        var root = new KeyFiles(files).verification(map.scalar("rootKey"));
        var keys = new ArrayList<PartyKey>();
        for (var key : map.maps("keys", "id")) {
            keys.add(key(key, files));
        }
        var quorum = quorum(map.map("quorum"));
        map.end();
        return endorsed(map.at("keys"), () -> new Party(id, name, root, broker, keys, quorum));
    }

    private static PartyKey key(YamlMap map, RoomFiles files) throws YamlProblem, Refused {
        var id = map.text("id");
        var use = map.text("use", KeyUse::parse);
        var role = map.optionalText("role", text -> text);
        var file = map.scalar("key");
        var keyFiles = new KeyFiles(files);
        PartyKey.Key key = use == KeyUse.RECIPIENT
                ? new PartyKey.Key.Sealing(keyFiles.sealing(file))
                : new PartyKey.Key.Verification(keyFiles.verification(file));
        var endorsement = keyFiles.endorsement(file);
        map.end();
        return map.make(() -> new PartyKey(use, id, role, key, endorsement));
    }

    /** A party's constructor verifies endorsements, which no position in the YAML is to blame for but its keys. */
    private static Party endorsed(Position at, YamlMap.Making<Party> making) throws YamlProblem, Refused {
        try {
            return making.make();
        } catch (IllegalArgumentException | Malformed e) {
            var message = String.valueOf(e.getMessage());
            if (message.contains("endorse")) {
                throw new Refused(FindingCode.ENDORSEMENT_WRONG, at, message);
            }
            throw new YamlProblem(YamlProblem.Code.BAD_VALUE, at, message);
        }
    }

    private static Map<String, Integer> quorum(YamlMap map) throws YamlProblem {
        var quorum = new TreeMap<String, Integer>();
        for (var role : map.keys()) {
            quorum.put(role.text(), (int) map.whole(role.text(), 1, 100));
        }
        return quorum;
    }

    private static URI uri(String text) throws Malformed {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new Malformed("not an address");
        }
    }
}
