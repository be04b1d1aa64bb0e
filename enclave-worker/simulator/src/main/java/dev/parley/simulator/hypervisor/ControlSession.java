package dev.parley.simulator.hypervisor;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.simulator.hypervisor.ControlReply.Code;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One connection of a host and the enclave that lives as long as it. */
final class ControlSession implements AutoCloseable {
    private final Platform platform;
    private final Enclaves enclaves;
    private final ControlFrames frames;
    private @Nullable Enclave enclave;

    ControlSession(Platform platform, Enclaves enclaves, ControlFrames frames) {
        this.platform = platform;
        this.enclaves = enclaves;
        this.frames = frames;
    }

    /** Answers until the host goes away, then ends the enclave. */
    void run() throws IOException {
        try (this) {
            for (var request = frames.read(); request.isPresent(); request = frames.read()) {
                try {
                    answer(ControlRequest.parse(request.get()));
                } catch (Malformed e) {
                    frames.write(new ControlReply.Refused(Code.PLATFORM_REQUEST_MALFORMED));
                } catch (ControlRefusal refusal) {
                    frames.write(new ControlReply.Refused(refusal.code()));
                }
            }
        }
    }

    private void answer(ControlRequest request) throws IOException, ControlRefusal {
        switch (request) {
            case ControlRequest.Launch(var debug) -> launch(debug);
            case ControlRequest.Start() -> start(prepared());
            case ControlRequest.Terminate() -> prepared().terminate();
            case ControlRequest.Describe() -> frames.write(description());
        }
    }

    private void launch(boolean debug) throws IOException, ControlRefusal {
        if (enclave != null) {
            throw new ControlRefusal(Code.PLATFORM_ENCLAVE_EXISTS);
        }
        try {
            enclave = enclaves.prepare(platform, debug);
        } catch (IOException e) {
            throw failed(e);
        }
        frames.write(prepared().prepared());
    }

    private void start(Enclave prepared) throws IOException, ControlRefusal {
        Process process;
        try {
            process = prepared.start();
        } catch (IOException e) {
            throw failed(e);
        }
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

    /** The reason is for whoever runs the machine; it names files of the platform and nothing of an enclave. */
    private static ControlRefusal failed(IOException reason) {
        System.err.println("simulator: no enclave: " + reason);
        return new ControlRefusal(Code.PLATFORM_FAILED);
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
                sandbox.isolation(),
                enclaves.describe(),
                sandbox.image().measurement(),
                platform.identity().root());
    }

    @Override
    public void close() throws IOException {
        if (enclave != null) {
            enclaves.end(enclave);
        }
    }
}
