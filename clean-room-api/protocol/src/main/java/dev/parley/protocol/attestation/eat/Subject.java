package dev.parley.protocol.attestation.eat;

import dev.parley.protocol.attestation.Claims;
import dev.parley.protocol.attestation.EvidenceKind;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.TreeMap;

/** What the document says, as the one submodule of a token, under the name of its kind. */
final class Subject {
    private Subject() {}

    static Json.Obj json(Claims claims) {
        var said = Json.object()
                .put("module", claims.moduleId())
                .put("timestamp", claims.timestamp().toString())
                .put("registers", registers(claims.pcrs()))
                .put("publicKey", claims.publicKey().map(Bytes::base64Url).orElse(null))
                .put("userData", claims.userData().map(Bytes::base64Url).orElse(null))
                .put("nonce", claims.nonce().map(Bytes::base64Url).orElse(null))
                .build();
        return Json.object().put(claims.kind().code(), said).build();
    }

    static Json.Obj registers(Pcrs pcrs) {
        var object = Json.object();
        pcrs.values().forEach((index, value) -> object.put(Integer.toString(index), value.hex()));
        return object.build();
    }

    static Claims read(Fields submodules) throws Malformed {
        var kind = submodules.has(EvidenceKind.NITROTPM.code()) ? EvidenceKind.NITROTPM : EvidenceKind.ENCLAVE;
        var said = submodules.object(kind.code());
        return new Claims(
                kind,
                said.string("module"),
                said.instant("timestamp"),
                registers(said.object("registers")),
                said.optionalText("publicKey", Bytes::parseBase64Url),
                said.optionalText("userData", Bytes::parseBase64Url),
                said.optionalText("nonce", Bytes::parseBase64Url));
    }

    private static Pcrs registers(Fields fields) throws Malformed {
        var values = new TreeMap<Integer, Sha384Digest>();
        for (var name : fields.names()) {
            values.put(index(name), fields.text(name, Sha384Digest::parse));
        }
        return Pcrs.of(values);
    }

    private static int index(String name) throws Malformed {
        if (!name.matches("[0-9]|[12][0-9]|3[01]")) {
            throw new Malformed("a register has a number from 0 to 31");
        }
        return Integer.parseInt(name);
    }
}
