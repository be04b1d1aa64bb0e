package dev.parley.simulator.hypervisor;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.simulator.hypervisor.ControlReply.Code;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One connection of a host and the enclave that lives as long as it. */
final class ControlSession implements AutoCloseable {
    private final Platform platform;
    private final EnclaveUsers users;
    private final ControlFrames frames;
    private @Nullable Enclave enclave;

    ControlSession(Platform platform, EnclaveUsers users, ControlFrames frames) {
        this.platform = platform;
        this.users = users;
        this.frames = frames;
    }

    /** Answers until the host goes away, then ends the enclave. */
    void run() throws IOException, ControlRefusal {
        int user = users.take();
        try (this) {
            for (var request = frames.read(); request.isPresent(); request = frames.read()) {
                try {
                    answer(ControlRequest.parse(request.get()), user);
                } catch (Malformed e) {
                    frames.write(new ControlReply.Refused(Code.PLATFORM_REQUEST_MALFORMED));
                } catch (ControlRefusal refusal) {
                    frames.write(new ControlReply.Refused(refusal.code()));
                }
            }
        } finally {
            users.giveBack(user);
        }
    }

    private void answer(ControlRequest request, int user) throws IOException, ControlRefusal {
        switch (request) {
            case ControlRequest.Launch(var debug) -> launch(user, debug);
            case ControlRequest.Start() -> start(prepared());
            case ControlRequest.Terminate() -> prepared().terminate();
            case ControlRequest.Describe() -> frames.write(description());
        }
    }

    private void launch(int user, boolean debug) throws IOException, ControlRefusal {
        if (enclave != null) {
            throw new ControlRefusal(Code.PLATFORM_ENCLAVE_EXISTS);
        }
        var prepared = Enclave.prepare(platform, user, debug);
        enclave = prepared;
        frames.write(prepared.prepared());
    }

    private void start(Enclave prepared) throws IOException, ControlRefusal {
        var process = prepared.start();
        frames.write(prepared.started());
        var _ = process.onExit().thenAccept(ended -> {
            try {
                frames.write(new ControlReply.Ended(ended.exitValue()));
            } catch (IOException e) {
                // The host went away first, which is why the enclave ended.
                return;
            }
        });
    }

    private Enclave prepared() throws ControlRefusal {
        if (enclave == null) {
            throw new ControlRefusal(Code.PLATFORM_NO_ENCLAVE);
        }
        return enclave;
    }

    private ControlReply description() {
        var sandbox = platform.sandbox();
        return new ControlReply.Description(
                sandbox.isolation().text(),
                sandbox.image().measurement(),
                platform.identity().root());
    }

    @Override
    public void close() throws IOException {
        if (enclave != null) {
            enclave.close();
        }
    }
}
