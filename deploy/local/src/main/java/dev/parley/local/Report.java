package dev.parley.local;

import dev.parley.local.room.LocalRoom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the demo shows at the end: the answer, the proof, and where everything is. */
record Report(LocalRoom room, Analysis analysis) {
    List<String> lines() throws Exception {
        var lines = new ArrayList<String>();
        lines.add("  Customers reached by all campaigns, by segment ("
                + analysis.answer().mode() + "), beside the answer that only this demo knows:");
        lines.add("");
        analysis.comparison().table(analysis.answer().dimensions()).lines().forEach(line -> lines.add("    " + line));
        lines.add("");
        lines.add("  The truth lies in the 95 % interval of "
                + analysis.comparison().covered() + " of "
                + analysis.comparison().lines().size() + " figures.");
        lines.add("");
        analysis.receipt().lines().forEach(line -> lines.add("  " + line));
        lines.add("");
        lines.addAll(addresses());
        lines.add("");
        return lines;
    }

    private List<String> addresses() throws Exception {
        var lines = new ArrayList<String>();
        lines.add("  platform    " + String.join("; ", platform()));
        lines.add("  API         " + room.operator().api().address());
        for (var party : room.parties()) {
            lines.add("  %-11s %s (portal and key broker)"
                    .formatted(party.name(), party.portal().address()));
        }
        lines.add("  Keycloak    " + room.logins().keycloak().console());
        lines.add("  state       " + room.site().state().path() + " (passwords: */realm/password.*)");
        lines.add("  command     PARLEY_HOME="
                + room.party(LocalRoom.RETAILER).cli().home() + " party-portal/cli/parley budget");
        return lines;
    }

    private List<String> platform() throws IOException {
        return room.operator().nitro().announcement().stream()
                .filter(line ->
                        line.startsWith("SIMULATED") || line.startsWith("this user") || line.contains("MISSING"))
                .toList();
    }
}
