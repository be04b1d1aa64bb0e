package dev.parley.cli.remote;

import dev.parley.cli.profile.Profile;

/** The two services that a party's member calls; each has a realm and a token of its own. */
public enum ServiceName {
    OPERATOR("operator"),
    PORTAL("portal");

    private final String text;

    ServiceName(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public Profile.Service of(Profile profile) {
        return this == OPERATOR ? profile.operator() : profile.portal();
    }
}
