package dev.parley.protocol.attestation;

/** What registers hold (spec §4), in a few words. */
final class RegisterMeanings {
    private RegisterMeanings() {}

    static String ofEnclave(int register) {
        return switch (register) {
            case 0 -> "image: kernel, command line and all ramdisks";
            case 1 -> "kernel, command line and first ramdisk";
            case 2 -> "application: the other ramdisks";
            case 3 -> "role of the parent, zero without one";
            case 4 -> "instance that the enclave runs on";
            case 8 -> "certificate that signed the image, zero if unsigned";
            case 16 -> "policy digest, in Parley's enclaves";
            case 17 -> "query digest, in Parley's enclaves";
            default -> register < 16 ? "unused" : "the enclave's own";
        };
    }

    static String ofInstance(int register) {
        return switch (register) {
            case 0 -> "firmware";
            case 1 -> "firmware's configuration";
            case 2 -> "option code";
            case 3 -> "option data";
            case 4 -> "boot manager: what was booted";
            case 5 -> "boot manager's configuration and partition table";
            case 6 -> "vendor";
            case 7 -> "Secure Boot policy";
            case 12 -> "command line given to the boot stub";
            case 16 -> "debug";
            case 17, 18, 19, 20, 21, 22 -> "late launch, all ones while unused";
            case 23 -> "application";
            default -> "operating system";
        };
    }
}
