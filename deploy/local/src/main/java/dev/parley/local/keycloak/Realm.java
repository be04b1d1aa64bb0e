package dev.parley.local.keycloak;

import dev.parley.local.state.Secret;
import dev.parley.local.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A realm of a local room: a template of {@code deploy/keycloak}, and the folder of its secrets. A placeholder
 * <code>${secret.CLIENT}</code> or <code>${password.USER}</code> becomes the generated secret of that name,
 * <code>${party}</code> the realm's name.
 */
public record Realm(String name, Path template, StateFolder secrets) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z.-]+)}");

    public Secret clientSecret(String client) throws IOException {
        return secrets.secret("secret." + client, new SecureRandom());
    }

    public Secret password(String user) throws IOException {
        return secrets.secret("password." + user, new SecureRandom());
    }

    /** The filled template; holds secrets. */
    String filled() throws IOException {
        var text = Files.readString(template);
        for (var match : PLACEHOLDER.matcher(text).results().toList()) {
            text = text.replace(match.group(), value(match));
        }
        return text;
    }

    private String value(MatchResult placeholder) throws IOException {
        var key = placeholder.group(1);
        if (key.equals("party")) {
            return name;
        }
        if (key.startsWith("secret.") || key.startsWith("password.")) {
            // Generated secrets are base64url: nothing in them needs escaping in JSON.
            return secrets.secret(key, new SecureRandom()).reveal();
        }
        throw new IOException("unknown placeholder " + key + " in " + template);
    }
}
