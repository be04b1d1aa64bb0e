package dev.parley.image.compare;

import dev.parley.image.eif.BootScript;
import dev.parley.image.eif.CommandLine;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.Map;
import java.util.TreeMap;

/** Kernel and command line as named texts; those of other builders as a digest. */
final class BootTexts {
    private BootTexts() {}

    static Map<String, String> ofKernel(Bytes kernel) {
        Map<String, String> lines = new TreeMap<>();
        try {
            var script = BootScript.parse(kernel);
            lines.put("java", script.java());
            lines.put("launcher", script.launcher());
            lines.put("main", script.main());
            for (int i = 0; i < script.classpath().size(); i++) {
                lines.put("classpath %02d".formatted(i + 1), script.classpath().get(i));
            }
        } catch (Malformed e) {
            lines.put("kernel of another builder", Sha384Digest.of(kernel).hex());
        }
        return lines;
    }

    /** A flag's name is what stands before its value, so that a changed value is one change. */
    static Map<String, String> ofCommandLine(Bytes cmdline) {
        Map<String, String> words = new TreeMap<>();
        try {
            var line = CommandLine.parse(cmdline);
            var profile = line.profile();
            words.put("sandbox.memory-mib", String.valueOf(profile.memoryMib()));
            words.put("sandbox.cpu-seconds", String.valueOf(profile.cpuSeconds()));
            words.put("sandbox.files", String.valueOf(profile.files()));
            words.put("sandbox.threads", String.valueOf(profile.threads()));
            for (int i = 0; i < line.jvmFlags().size(); i++) {
                var flag = line.jvmFlags().get(i);
                words.merge(name(flag), flag, (first, second) -> first + " " + second);
            }
            words.put(
                    "order of flags",
                    String.join(
                            " ", line.jvmFlags().stream().map(BootTexts::name).toList()));
        } catch (Malformed e) {
            words.put(
                    "command line of another builder", Sha384Digest.of(cmdline).hex());
        }
        return words;
    }

    private static String name(String flag) {
        var name = flag.replaceFirst("^-XX:[+-]", "-XX:").replaceFirst("=.*", "");
        return name.replaceFirst("^(-Xm[sxn]|-Xss)[0-9].*", "$1");
    }
}
