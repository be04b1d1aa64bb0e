package dev.parley.enclave.memory;

/** How well the kernel keeps a secret that rests; the strongest that it has is taken. */
public enum Protection {
    /** {@code memfd_secret}: no other process reads it, not even root's, and it is in no dump and no swap. */
    SECRET_MAPPING,
    /** Ordinary memory, kept out of dumps and swap. Who may trace this process can read it. */
    LOCKED,
    /** Ordinary memory, kept out of dumps, since the limit on locked memory allows no more. */
    OUT_OF_DUMPS
}
