package dev.parley.policy.bundle;

import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** That the parts of a bundle name each other rightly. What a template's plan may do is the checker's to say. */
final class CrossReferences {
    private CrossReferences() {}

    static void check(List<Party> parties, List<Dataset> datasets, List<Privacy> privacy, List<Template> templates) {
        Form.require(!parties.isEmpty() && parties.size() <= 64, "a room has 1 to 64 parties");
        Form.require(
                datasets.size() <= 256 && templates.size() <= 256, "a room has at most 256 datasets and templates");
        Form.distinct("a party", parties, Party::id);
        Form.distinct("a dataset", datasets, Dataset::id);
        Form.distinct("the limits of a party", privacy, Privacy::party);
        Form.distinct("a template", templates, Template::id);
        keysDiffer(parties);
        var members = parties.stream().collect(Collectors.toMap(Party::id, party -> party));
        for (var dataset : datasets) {
            Form.require(members.containsKey(dataset.owner()), "the owner of dataset " + dataset.id() + " is no party");
        }
        var owners = lineageOwners(datasets);
        var ids = datasets.stream().map(Dataset::id).collect(Collectors.toSet());
        privacy.forEach(limits -> check(limits, members.keySet(), ids, owners));
        templates.forEach(template -> check(template, members));
    }

    /** Across parties too: a key that two parties name would let one of them count for both. */
    private static void keysDiffer(List<Party> parties) {
        var seen = new HashSet<Object>();
        for (var party : parties) {
            Form.require(seen.add(party.rootKey().thumbprint()), "two parties share a key");
            for (var key : party.keys()) {
                Form.require(seen.add(key.thumbprint()), "two parties share a key");
            }
        }
    }

    /** A lineage has one owner: only its broker keeps that budget. */
    private static Map<LineageId, PartyId> lineageOwners(List<Dataset> datasets) {
        var owners = new HashMap<LineageId, PartyId>();
        for (var dataset : datasets) {
            var other = owners.putIfAbsent(dataset.lineage(), dataset.owner());
            Form.require(
                    other == null || other.equals(dataset.owner()),
                    "lineage " + dataset.lineage() + " belongs to two parties");
        }
        return owners;
    }

    private static void check(
            Privacy limits, Set<PartyId> members, Set<DatasetId> datasets, Map<LineageId, PartyId> owners) {
        Form.require(
                members.contains(limits.party()), "limits are stated by " + limits.party() + ", which is no party");
        for (var threshold : limits.thresholds()) {
            Form.require(
                    datasets.contains(threshold.dataset()),
                    "a threshold names a dataset that is not there: " + threshold.dataset());
        }
        for (var budget : limits.budgets()) {
            Form.require(
                    limits.party().equals(owners.get(budget.lineage())),
                    "a budget is stated by the owner of its lineage alone: " + budget.lineage());
        }
    }

    private static void check(Template template, Map<PartyId, Party> members) {
        for (var runner : template.runners()) {
            requireKey(template, members, runner, KeyUse.RUN);
        }
        for (var recipient : template.recipients()) {
            requireKey(template, members, recipient, KeyUse.RECIPIENT);
        }
    }

    private static void requireKey(Template template, Map<PartyId, Party> members, PartyId id, KeyUse use) {
        var party = members.get(id);
        Form.require(party != null, "template " + template.id() + " names " + id + ", which is no party");
        Form.require(
                party == null || !party.keys(use).isEmpty(),
                "template " + template.id() + " names " + id + ", which has no key for it: " + use.text());
    }
}
