package dev.parley.cli.profile;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.PartyId;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A party and its services. Everything may be missing until a command needs it.
 *
 * @param keys the folder of the party's keys
 * @param trustRoot the root certificate that evidence is judged by, unless it is AWS's
 */
public record Profile(
        Optional<PartyId> party, Service operator, Service portal, Optional<Path> keys, Optional<Path> trustRoot) {
    private static final String KIND = "profile/1";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    public Profile {
        requireNonNull(party);
        requireNonNull(operator);
        requireNonNull(portal);
        requireNonNull(keys);
        requireNonNull(trustRoot);
    }

    /**
     * A service and the realm that guards it.
     *
     * @param issuer of the realm's tokens (OpenID Connect)
     */
    public record Service(Optional<URI> url, Optional<URI> issuer) {
        static final Service NONE = new Service(Optional.empty(), Optional.empty());

        public Service {
            requireNonNull(url);
            requireNonNull(issuer);
        }

        static Service read(Fields fields) throws Malformed {
            var service = new Service(
                    fields.optionalText("url", Profile::address), fields.optionalText("issuer", Profile::address));
            fields.end();
            return service;
        }

        Json.Obj json() {
            return Json.object()
                    .put("url", text(url, URI::toString))
                    .put("issuer", text(issuer, URI::toString))
                    .build();
        }

        /** With what {@code later} states in the place of what this states. */
        Service overlaid(Service later) {
            return new Service(later.url.or(() -> url), later.issuer.or(() -> issuer));
        }
    }

    static Profile empty() {
        return new Profile(Optional.empty(), Service.NONE, Service.NONE, Optional.empty(), Optional.empty());
    }

    Profile overlaid(Profile later) {
        return new Profile(
                later.party.or(() -> party),
                operator.overlaid(later.operator),
                portal.overlaid(later.portal),
                later.keys.or(() -> keys),
                later.trustRoot.or(() -> trustRoot));
    }

    static Profile parse(Json.Obj json) throws Malformed {
        var fields = json.fields();
        fields.require("parley", KIND);
        var profile = new Profile(
                fields.optionalText("party", PartyId::parse),
                Service.read(fields.object("operator")),
                Service.read(fields.object("portal")),
                fields.optionalText("keys", Path::of),
                fields.optionalText("trustRoot", Path::of));
        fields.end();
        return profile;
    }

    public Json.Obj json() {
        return Json.object()
                .put("parley", KIND)
                .put("party", text(party, PartyId::value))
                .put("operator", operator.json())
                .put("portal", portal.json())
                .put("keys", text(keys, Path::toString))
                .put("trustRoot", text(trustRoot, Path::toString))
                .build();
    }

    static URI address(String text) throws Malformed {
        try {
            var uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) {
                throw new Malformed("not an https address");
            }
            // Tokens go there: in the clear they may only stay on this machine.
            if ("https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme())
                            && LOOPBACK.matcher(uri.getHost()).matches())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new Malformed("not an https address", e);
        }
        throw new Malformed("not an https address; http is for this machine alone");
    }

    private static <T> Json text(Optional<T> value, Function<T, String> print) {
        return Json.of(value.map(print).orElse(null));
    }
}
