package dev.parley.simulator.securitymodule;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of one enclave on one instance, never given twice.
 *
 * @param instanceId {@code i-} and 17 hexadecimal digits
 * @param number 48 bits of the clock at launch, in milliseconds, and 16 random bits
 */
public record EnclaveId(String instanceId, long number) {
    private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-f]{17}");

    public EnclaveId {
        if (!isInstanceId(instanceId)) {
            throw new IllegalArgumentException("instance id has another form");
        }
    }

    public static boolean isInstanceId(String text) {
        return INSTANCE.matcher(text).matches();
    }

    public static EnclaveId create(String instanceId, Instant now, SecureRandom random) {
        return new EnclaveId(instanceId, now.toEpochMilli() << 16 | random.nextInt(1 << 16));
    }

    /** As evidence names it. */
    public String moduleId() {
        return instanceId + "-enc" + hex();
    }

    public String hex() {
        return HexFormat.of().toHexDigits(number);
    }
}
