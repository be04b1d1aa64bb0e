package dev.parley.policy.authoring;

import dev.parley.policy.authoring.RoomFiles.Refused;
import dev.parley.policy.authoring.yaml.YamlMap;

/** Keys that policies will have and nothing enforces yet: refused by their own code, never accepted and then ignored. */
final class NotAvailable {
    private NotAvailable() {}

    static void inRoom(YamlMap room) throws Refused {
        refuse(room, "resultRegions", FindingCode.RESULT_REGIONS_NOT_ENFORCED);
    }

    static void inDataset(YamlMap dataset) throws Refused {
        refuse(dataset, "retention", FindingCode.RETENTION_NOT_ENFORCED);
    }

    static void inColumn(YamlMap column) throws Refused {
        refuse(column, "discovery", FindingCode.DISCOVERY_NOT_AVAILABLE);
    }

    static void inLimits(YamlMap limits) throws Refused {
        refuse(limits, "delta", FindingCode.DELTA_NOT_AVAILABLE);
        refuse(limits, "differencingGuard", FindingCode.DIFFERENCING_GUARD_NOT_AVAILABLE);
        refuse(limits, "mayLower", FindingCode.MAY_LOWER_NOT_AVAILABLE);
    }

    private static void refuse(YamlMap map, String key, FindingCode code) throws Refused {
        if (map.has(key)) {
            throw new Refused(code, map.at(key), key + " is not enforced by this version: take it out");
        }
    }
}
