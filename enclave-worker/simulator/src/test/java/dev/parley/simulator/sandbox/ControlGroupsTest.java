package dev.parley.simulator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.image.eif.SandboxProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlGroupsTest {
    private static final SandboxProfile PROFILE = new SandboxProfile(256, 60, 64, 64);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void findsTheHierarchiesOfVersionOne() throws Exception {
        Files.createDirectories(folder.resolve("memory/service/a"));
        Files.createDirectories(folder.resolve("pids/service"));

        var found = ControlGroups.find(folder, List.of("8:pids:/service", "4:memory:/service/a", "0::/"), "x");

        assertThat(found).isPresent();
    }

    @Test
    void putsGroupsOfVersionTwoBesideItsOwn() throws Exception {
        Files.createDirectories(folder.resolve("system.slice/parley.service"));
        Files.createFile(folder.resolve("cgroup.controllers"));
        var groups = ControlGroups.find(folder, List.of("0::/system.slice/parley.service"), "x");

        // A folder that is no control group takes no limits: the group is not made, and nothing is left of it.
        assertThatThrownBy(() -> groups.orElseThrow().create("enclave", PROFILE))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("system.slice")).isDirectoryNotContaining("glob:**parley-x-*");
    }

    @Test
    void findsNoneWhereNoneAreMounted() throws Exception {
        assertThat(ControlGroups.find(folder, List.of("0::/"), "x")).isEmpty();
        assertThat(ControlGroups.find(folder, List.of("4:memory:/", "8:pids:/"), "x"))
                .isEmpty();
    }

    /** As a platform leaves them that was killed while an enclave ran. */
    @Test
    void endsWhatAnEarlierPlatformLeftInItsGroups() throws Exception {
        assumeTrue(Sandboxes.isRoot(), "not run: only root can make control groups");
        var name = "test" + ProcessHandle.current().pid();
        var groups = ControlGroups.find(name);
        assumeTrue(groups.isPresent(), "not run: no control groups here");
        var group = groups.get().create("left", PROFILE);
        var left = new ProcessBuilder("sleep", "60").start();
        for (var each : group.folders()) {
            Files.writeString(each.resolve("cgroup.procs"), "" + left.pid());
        }
        assertThat(group.holds(left.pid())).isTrue();

        ControlGroups.find(name);

        assertThat(left.waitFor()).isNotZero();
        assertThat(group.folders()).noneMatch(Files::exists);
    }
}
