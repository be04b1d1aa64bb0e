package dev.parley.simulator;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.simulator.hypervisor.Platform;
import dev.parley.simulator.pki.Authorities;
import dev.parley.simulator.pki.SimulatedRoot;
import dev.parley.simulator.securitymodule.EnclaveId;
import dev.parley.simulator.securitymodule.EvidenceForm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/** What an installation keeps between starts: its root, its name, and a lock so that one platform uses them. */
final class Installation implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;

    private Installation(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static Installation open(Path folder) throws IOException, Failure {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            lock.close();
            throw new Failure(Failure.IN_USE, "another platform runs on " + folder);
        }
        return new Installation(folder, lock);
    }

    /** Reads or makes the root, and puts its certificate where others may copy it from. */
    Platform.Identity identity(SecureRandom random, InstantSource clock, EvidenceForm form)
            throws IOException, Malformed {
        var root = SimulatedRoot.openOrCreate(folder.resolve("pki"), random, clock.instant());
        Files.write(folder.resolve("root.der"), root.certificate().der().toArray());
        var instanceId = instanceId(random);
        return new Platform.Identity(
                root.certificate(), new Authorities(root, instanceId, random, clock), instanceId, form);
    }

    private String instanceId(SecureRandom random) throws IOException, Malformed {
        var file = folder.resolve("instance-id");
        if (!Files.exists(file)) {
            var id = "i-" + HexFormat.of().formatHex(random.generateSeed(9)).substring(0, 17);
            Files.writeString(file, id);
        }
        var id = Files.readString(file);
        if (!EnclaveId.isInstanceId(id)) {
            throw new Malformed("the instance id in the state folder has another form");
        }
        return id;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
