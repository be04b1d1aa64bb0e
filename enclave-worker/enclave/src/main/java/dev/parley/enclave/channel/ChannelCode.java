package dev.parley.enclave.channel;

/** Why a question got no answer, in the enclave's own judgement; {@code docs/errors.md}. */
public enum ChannelCode {
    /** The host took or answered a question too late. */
    HOST_TIMEOUT,
    /** The channel ended, or the host sent something that is no answer to what was asked. */
    CHANNEL_BROKEN,
    /** What the enclave would have to send does not fit a frame. */
    MESSAGE_TOO_LARGE
}
