package dev.parley.image.signing;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;

/** What a signature is over: {@code {"register_index": uint, "register_value": [48 × uint]}}. */
record SignedRegister(int index, Sha384Digest value) {
    private static final int LAST = 31;
    private static final int MAX_DEPTH = 2;

    static SignedRegister parse(Bytes payload) throws Malformed {
        var fields = Cbor.parse(payload, MAX_DEPTH).asDict().fields();
        var index = (int) fields.integer("register_index", 0, LAST);
        var value = UintArray.bytes(fields.value("register_value"));
        fields.end();
        if (value.size() != Sha384Digest.SIZE) {
            throw new Malformed("signed register has another size than 48");
        }
        var register = new SignedRegister(index, new Sha384Digest(value));
        if (!register.payload().equals(payload)) {
            throw new Malformed("signed register has its members in another order");
        }
        return register;
    }

    Bytes payload() {
        return Cbor.map()
                .put("register_index", index)
                .put("register_value", UintArray.of(value.bytes()))
                .build()
                .encode();
    }
}
