package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.room.TemplateId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that governs one room, specified in {@code docs/spec/policy-bundle.md}. A value of this type is consistent in
 * itself: names resolve, ids are unique, every party key is endorsed. It is not thereby in force: see
 * {@code dev.parley.policy.approval.Approvals}.
 *
 * @param version counts from 1; the first has no {@code previous}, every later one has
 * @param validFrom inclusive
 * @param validUntil exclusive
 */
public record PolicyBundle(
        RoomId room,
        String name,
        String purpose,
        int version,
        Optional<PolicyDigest> previous,
        Instant validFrom,
        Instant validUntil,
        ReferenceValues referenceValues,
        LogIdentity log,
        List<Party> parties,
        List<Dataset> datasets,
        List<Privacy> privacy,
        List<Template> templates) {

    private static final String KIND = "policy-bundle/1";

    public PolicyBundle {
        requireNonNull(room);
        requireNonNull(referenceValues);
        requireNonNull(log);
        Form.line("the name of a room", name, 100);
        Form.line("the purpose of a room", purpose, 1_000);
        Form.require(version >= 1, "versions count from 1");
        Form.require(previous.isPresent() == version > 1, "every version but the first names its predecessor");
        Form.require(validFrom.isBefore(validUntil), "a bundle must be valid for some time");
        parties = parties.stream()
                .sorted(Comparator.comparing(p -> p.id().value()))
                .toList();
        datasets = datasets.stream()
                .sorted(Comparator.comparing(d -> d.id().value()))
                .toList();
        privacy = privacy.stream()
                .sorted(Comparator.comparing(p -> p.party().value()))
                .toList();
        templates = templates.stream()
                .sorted(Comparator.comparing(t -> t.id().value()))
                .toList();
        CrossReferences.check(parties, datasets, privacy, templates);
    }

    /**
     * Reads the canonical bytes, the very bytes that {@link #canonical} prints.
     *
     * @throws Malformed for any other byte string, and for a bundle that is not consistent in itself
     */
    public static PolicyBundle parse(Bytes canonical) throws Malformed {
        var fields = Json.parseCanonical(canonical).asObject().fields();
        try {
            var bundle = read(fields);
            fields.end();
            // Sets have one order: a bundle that spells one in another order has no digest of its own.
            if (!bundle.canonical().equals(canonical)) {
                throw new Malformed("policy bundle is not in canonical form");
            }
            return bundle;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Malformed("policy bundle: " + e.getMessage(), e);
        }
    }

    private static PolicyBundle read(Fields fields) throws Malformed {
        fields.require("parley", KIND);
        return new PolicyBundle(
                fields.text("room", RoomId::parse),
                fields.string("name"),
                fields.string("purpose"),
                (int) fields.integer("version", 1, Integer.MAX_VALUE),
                fields.optionalText("previous", PolicyDigest::parse),
                fields.instant("validFrom"),
                fields.instant("validUntil"),
                ReferenceValues.readMembers(fields.object("referenceValues")),
                LogIdentity.read(fields.object("log")),
                fields.objects("parties", Party::read),
                fields.objects("datasets", Dataset::read),
                fields.objects("privacy", Privacy::read),
                fields.objects("templates", Template::read));
    }

    public Json.Obj json() {
        return Json.object()
                .put("parley", KIND)
                .put("room", room.value())
                .put("name", name)
                .put("purpose", purpose)
                .put("version", version)
                .put("previous", previous.map(PolicyDigest::hex).orElse(null))
                .put("validFrom", validFrom.toString())
                .put("validUntil", validUntil.toString())
                .put("referenceValues", referenceValues.json())
                .put("log", log.json())
                .put("parties", Json.array(parties, Party::json))
                .put("datasets", Json.array(datasets, Dataset::json))
                .put("privacy", Json.array(privacy, Privacy::json))
                .put("templates", Json.array(templates, Template::json))
                .build();
    }

    public Bytes canonical() {
        return json().canonical();
    }

    /** SHA-384 of the canonical bytes: the name of this very policy. */
    public PolicyDigest digest() {
        return new PolicyDigest(Sha384Digest.of(canonical()));
    }

    /** Whether this is the next version after {@code predecessor}, of the same room. */
    public boolean follows(PolicyBundle predecessor) {
        return room.equals(predecessor.room)
                && version == predecessor.version + 1
                && previous.equals(Optional.of(predecessor.digest()));
    }

    /** Whether {@code time} lies in the bundle's validity. */
    public boolean isValidAt(Instant time) {
        return !time.isBefore(validFrom) && time.isBefore(validUntil);
    }

    public Optional<Party> party(PartyId id) {
        return parties.stream().filter(party -> party.id().equals(id)).findFirst();
    }

    public Optional<Dataset> dataset(DatasetId id) {
        return datasets.stream().filter(dataset -> dataset.id().equals(id)).findFirst();
    }

    public Optional<Template> template(TemplateId id) {
        return templates.stream().filter(template -> template.id().equals(id)).findFirst();
    }

    /** The limits that a party states, if it states any. */
    public Optional<Privacy> privacy(PartyId party) {
        return privacy.stream().filter(limits -> limits.party().equals(party)).findFirst();
    }
}
