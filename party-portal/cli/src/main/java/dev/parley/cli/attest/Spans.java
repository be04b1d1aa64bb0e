package dev.parley.cli.attest;

import java.time.Duration;

/** Spans of time in words: the two greatest units that they have. */
final class Spans {
    private Spans() {}

    static String words(Duration span) {
        var days = span.toDays();
        if (days >= 365) {
            return days / 365 + " years " + days % 365 + " d";
        }
        if (days > 0) {
            return days + " d " + span.toHoursPart() + " h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        return span.toMinutes() > 0
                ? span.toMinutes() + " min " + span.toSecondsPart() + " s"
                : span.toSeconds() + " s";
    }
}
