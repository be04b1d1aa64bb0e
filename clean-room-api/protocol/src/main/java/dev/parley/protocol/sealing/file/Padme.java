package dev.parley.protocol.sealing.file;

/** Padmé (Nikitin et al., PURBs, 2019): lengths that tell a size to within 12 % and no more. */
final class Padme {
    private Padme() {}

    /** The least Padmé length that is not below {@code length}, which is at least 2. */
    static long padded(long length) {
        var exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(length);
        var kept = Integer.SIZE - Integer.numberOfLeadingZeros(exponent);
        var mask = (1L << Math.max(exponent - kept, 0)) - 1;
        return (length + mask) & ~mask;
    }
}
