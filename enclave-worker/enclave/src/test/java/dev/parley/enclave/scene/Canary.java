package dev.parley.enclave.scene;

import dev.parley.protocol.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Looks for what must never leave in all that left: raw, in hexadecimal, and in base64 at every alignment. */
public final class Canary {
    private Canary() {}

    /** The names of what leaked. */
    public static List<String> leaks(Scene scene, ScriptedHost host) {
        var left = new String(host.left(), StandardCharsets.ISO_8859_1);
        List<String> leaks = new ArrayList<>();
        check("a hidden value", Bytes.utf8(Scene.CANARY).toArray(), left, leaks);
        for (var person : Person.many(5)) {
            check("an identity", person.identity().toArray(), left, leaks);
        }
        for (var data : scene.data()) {
            check("a dataset's key", data.key(), left, leaks);
        }
        for (var broker : host.brokers.values()) {
            check("a noise key", broker.noiseKey(), left, leaks);
        }
        return leaks;
    }

    private static void check(String name, byte[] secret, String left, List<String> leaks) {
        var hex = HexFormat.of().formatHex(secret);
        List<String> forms = new ArrayList<>(
                List.of(new String(secret, StandardCharsets.ISO_8859_1), hex, hex.toUpperCase(Locale.ROOT)));
        for (var shift = 0; shift < 3; shift++) {
            var shifted = new byte[shift + secret.length];
            System.arraycopy(secret, 0, shifted, shift, secret.length);
            // The first and last group mix with their neighbours.
            var url = Base64.getUrlEncoder().withoutPadding().encodeToString(shifted);
            var inner = url.substring(4, url.length() - 4);
            forms.add(inner);
            forms.add(inner.replace('-', '+').replace('_', '/'));
        }
        if (forms.stream().anyMatch(left::contains)) {
            leaks.add(name);
        }
    }
}
