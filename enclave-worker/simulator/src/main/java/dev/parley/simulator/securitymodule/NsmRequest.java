package dev.parley.simulator.securitymodule;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.Map;
import java.util.Optional;

/**
 * A request of the NSM API: a text, or a map with one entry whose key names the request. Members may come in any order,
 * and unknown ones are ignored.
 */
sealed interface NsmRequest {
    int MAX_SIZE = 0x1000;

    record DescribeNsm() implements NsmRequest {}

    record GetRandom() implements NsmRequest {}

    record DescribePcr(int index) implements NsmRequest {}

    record ExtendPcr(int index, Bytes data) implements NsmRequest {}

    record LockPcr(int index) implements NsmRequest {}

    record LockPcrs(int range) implements NsmRequest {}

    record Attestation(Optional<Bytes> userData, Optional<Bytes> nonce, Optional<Bytes> publicKey)
            implements NsmRequest {}

    static NsmRequest parse(Bytes request) throws NsmRefusal {
        if (request.size() > MAX_SIZE) {
            throw new NsmRefusal(NsmError.INPUT_TOO_LARGE);
        }
        try {
            return switch (Cbor.parse(request, 2)) {
                case Cbor.Text(var name) -> named(name);
                case Cbor.Dict(var entries)
                when entries.size() == 1 -> of(entries.entrySet().iterator().next());
                default -> throw new NsmRefusal(NsmError.INVALID_OPERATION);
            };
        } catch (Malformed e) {
            throw new NsmRefusal(NsmError.INVALID_OPERATION);
        }
    }

    private static NsmRequest named(String name) throws NsmRefusal {
        return switch (name) {
            case "DescribeNSM" -> new DescribeNsm();
            case "GetRandom" -> new GetRandom();
            default -> throw new NsmRefusal(NsmError.INVALID_OPERATION);
        };
    }

    private static NsmRequest of(Map.Entry<Cbor, Cbor> request) throws NsmRefusal {
        if (!(request.getKey() instanceof Cbor.Text(var name)) || !(request.getValue() instanceof Cbor.Dict members)) {
            throw new NsmRefusal(NsmError.INVALID_OPERATION);
        }
        return switch (name) {
            case "DescribePCR" -> new DescribePcr(number(members, "index"));
            case "ExtendPCR" ->
                new ExtendPcr(
                        number(members, "index"),
                        octets(members, "data").orElseThrow(() -> new NsmRefusal(NsmError.INVALID_OPERATION)));
            case "LockPCR" -> new LockPcr(number(members, "index"));
            case "LockPCRs" -> new LockPcrs(number(members, "range"));
            case "Attestation" ->
                new Attestation(octets(members, "user_data"), octets(members, "nonce"), octets(members, "public_key"));
            default -> throw new NsmRefusal(NsmError.INVALID_OPERATION);
        };
    }

    private static int number(Cbor.Dict members, String name) throws NsmRefusal {
        if (members.entries().get(new Cbor.Text(name)) instanceof Cbor.Int(var value)
                && value >= 0
                && value <= 0xffff) {
            return (int) value;
        }
        throw new NsmRefusal(NsmError.INVALID_OPERATION);
    }

    /** The device takes texts for byte strings as well, and an absent member for null. */
    private static Optional<Bytes> octets(Cbor.Dict members, String name) throws NsmRefusal {
        return switch (members.entries().getOrDefault(new Cbor.Text(name), new Cbor.Null())) {
            case Cbor.Octets(var value) -> Optional.of(value);
            case Cbor.Text(var value) -> Optional.of(Bytes.utf8(value));
            case Cbor.Null() -> Optional.empty();
            default -> throw new NsmRefusal(NsmError.INVALID_OPERATION);
        };
    }
}
