package dev.parley.policy.authoring;

import dev.parley.policy.authoring.RoomFiles.Refused;
import dev.parley.policy.authoring.yaml.Position;
import dev.parley.policy.authoring.yaml.YamlProblem;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.check.PolicyChecker;
import dev.parley.policy.check.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of policy files. The same files give the same bundle, byte for byte. */
public final class RoomFolder {
    private RoomFolder() {}

    /** Reads every file that governs the room. Stops at the first file that cannot be understood. */
    public static Compilation compile(Path folder, SqlCompiler compiler) {
        var files = new RoomFiles(folder.toAbsolutePath().normalize());
        PolicyBundle bundle;
        try {
            bundle = read(files, compiler);
        } catch (YamlProblem e) {
            return failed(new Finding(Finding.Severity.ERROR, e.code().name(), e.position(), e.text()));
        } catch (Refused e) {
            return failed(e.finding());
        } catch (IllegalArgumentException e) {
            return failed(Finding.error(
                    FindingCode.BUNDLE_INCONSISTENT, Position.startOf(RoomFile.NAME), String.valueOf(e.getMessage())));
        }
        var findings = new ArrayList<Finding>();
        for (var template : bundle.templates()) {
            for (var refusal : PolicyChecker.checkTemplate(bundle, template)) {
                findings.add(finding(refusal, files));
            }
        }
        if (!findings.isEmpty()) {
            return new Compilation.NotCompiled(findings);
        }
        return new Compilation.Compiled(bundle, Lint.warnings(bundle, files.places()));
    }

    private static PolicyBundle read(RoomFiles files, SqlCompiler compiler) throws YamlProblem, Refused {
        var room = RoomFile.read(files);
        var parties = room.parties().stream().map(p -> p.id().value()).toList();
        var datasets = DatasetFile.readAll(files, parties);
        var privacy = PrivacyFile.read(files, parties, datasets);
        var templates = new TemplateFile(files, parties, datasets, compiler).readAll();
        return new PolicyBundle(
                room.id(),
                room.name(),
                room.purpose(),
                room.version(),
                room.previous(),
                room.from(),
                room.until(),
                room.referenceValues(),
                room.log(),
                room.parties(),
                datasets,
                privacy,
                templates);
    }

    private static Compilation failed(Finding finding) {
        return new Compilation.NotCompiled(List.of(finding));
    }

    private static Finding finding(Refusal refusal, RoomFiles files) {
        var column = refusal.column().map(c -> " (" + c + ")").orElse("");
        return new Finding(
                Finding.Severity.ERROR,
                refusal.code().name(),
                files.places().of(refusal.rule()),
                "rule " + refusal.rule() + column + "; allowed: " + refusal.nearest());
    }
}
