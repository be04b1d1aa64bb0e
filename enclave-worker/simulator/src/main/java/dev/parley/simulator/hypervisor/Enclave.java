package dev.parley.simulator.hypervisor;

import dev.parley.protocol.json.Json;
import dev.parley.simulator.sandbox.ConfinedProgram;
import dev.parley.simulator.securitymodule.EnclaveId;
import dev.parley.simulator.securitymodule.ModuleSocket;
import dev.parley.simulator.securitymodule.PlatformRegisters;
import dev.parley.simulator.securitymodule.SecurityModule;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One enclave from its preparation to its end, which takes its door and its security module along. */
final class Enclave implements AutoCloseable {
    private final Platform platform;
    private final EnclaveId id;
    private final Door door;
    private final boolean debug;
    private @Nullable ModuleSocket module;
    private @Nullable ConfinedProgram program;

    private Enclave(Platform platform, EnclaveId id, Door door, boolean debug) {
        this.platform = platform;
        this.id = id;
        this.door = door;
        this.debug = debug;
    }

    /**
     * Makes the door and the security module.
     *
     * @param user whom the program will run as, where the platform can become others
     */
    static Enclave prepare(Platform platform, int user, boolean debug) throws IOException {
        var dedicated = platform.sandbox().becomesOthers();
        var id = EnclaveId.create(
                platform.identity().instanceId(), platform.clock().instant(), platform.random());
        var door = Door.create(platform.doors(), id.hex(), dedicated ? OptionalInt.of(user) : OptionalInt.empty());
        var enclave = new Enclave(platform, id, door, debug);
        try {
            enclave.openModule();
            return enclave;
        } catch (IOException e) {
            enclave.close();
            throw e;
        }
    }

    private synchronized void openModule() throws IOException {
        var surroundings = new SecurityModule.Surroundings(
                platform.random(), platform.clock(), platform.identity().form());
        module = ModuleSocket.listen(
                door.securityModule(),
                new SecurityModule(id, registers(), platform.identity().authorities(), surroundings));
        door.giveToEnclave(door.securityModule());
    }

    /** What can be looked into has no measurement: no one releases a key to zeros. */
    private PlatformRegisters registers() {
        var image = platform.sandbox().image().registers();
        var registers = new PlatformRegisters(
                image.measurement(),
                image.pcr8(),
                Optional.of(platform.role().text()),
                platform.identity().instanceId());
        return debug ? registers.ofDebugMode() : registers;
    }

    String enclaveId() {
        return id.moduleId();
    }

    synchronized Description description() {
        var state = program == null
                ? Description.State.PREPARED
                : program.process().isAlive() ? Description.State.RUNNING : Description.State.ENDED;
        return new Description(id.moduleId(), state, debug);
    }

    /** One enclave as the platform tells of it. */
    record Description(String enclaveId, State state, boolean debug) {
        enum State {
            PREPARED("prepared"),
            RUNNING("running"),
            ENDED("ended");

            private final String text;

            State(String text) {
                this.text = text;
            }
        }

        Json.Obj json() {
            return Json.object()
                    .put("enclaveId", enclaveId)
                    .put("state", state.text)
                    .put("debug", debug)
                    .build();
        }
    }

    ControlReply.Prepared prepared() {
        return new ControlReply.Prepared(id.moduleId(), door.host());
    }

    /** Starts the program, once. */
    synchronized Process start() throws IOException, ControlRefusal {
        if (program != null) {
            throw new ControlRefusal(ControlReply.Code.PLATFORM_ENCLAVE_EXISTS);
        }
        if (!door.hostListens()) {
            throw new ControlRefusal(ControlReply.Code.PLATFORM_NOT_LISTENING);
        }
        door.giveToEnclave(door.host());
        var started = platform.sandbox().start(door.folder(), door.user(), debug ? Redirect.INHERIT : Redirect.DISCARD);
        program = started;
        return started.process();
    }

    ControlReply.Started started() {
        return new ControlReply.Started(
                platform.sandbox().isolation().text(),
                platform.role(),
                platform.sandbox().image().measurement(),
                debug);
    }

    /** Ends the program; what it held in memory is gone with it. */
    synchronized void terminate() {
        if (program != null) {
            program.kill();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (program != null) {
            program.end();
        }
        if (module != null) {
            module.close();
        }
        door.delete();
    }
}
