package dev.parley.rehearsal.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may use whom. */
class ArrowsTest {
    private static final String PROTOCOL = "dev.parley.protocol..";
    private static final List<String> LANGUAGE = List.of(
            "dev.parley.policy.bundle..",
            "dev.parley.policy.check..",
            "dev.parley.policy.plan..",
            "dev.parley.policy.query..",
            "dev.parley.policy.approval..",
            "dev.parley.policy.run..");

    /** For each room of the house, what of ours it may use beside itself. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("dev.parley.protocol", List.of()),
            Map.entry("dev.parley.policy.authoring", with(PROTOCOL, LANGUAGE)),
            Map.entry("dev.parley.policy.sql", with(PROTOCOL, LANGUAGE)),
            Map.entry("dev.parley.enclave", with(PROTOCOL, LANGUAGE)),
            Map.entry("dev.parley.host", with(PROTOCOL, LANGUAGE)),
            Map.entry("dev.parley.image", List.of(PROTOCOL)),
            Map.entry("dev.parley.simulator", List.of(PROTOCOL, "dev.parley.image..")),
            Map.entry(
                    "dev.parley.server",
                    with(PROTOCOL, LANGUAGE, "dev.parley.policy.authoring..", "dev.parley.policy.sql..")),
            Map.entry(
                    "dev.parley.web",
                    with(PROTOCOL, LANGUAGE, "dev.parley.policy.authoring..", "dev.parley.policy.sql..")),
            Map.entry(
                    "dev.parley.cli",
                    with(
                            PROTOCOL,
                            LANGUAGE,
                            "dev.parley.policy.authoring..",
                            "dev.parley.policy.sql..",
                            "dev.parley.image..")));

    private static final JavaClasses HOUSE = House.classes();

    @TestFactory
    List<DynamicTest> everyRoomUsesOnlyTheRoomsBelowIt() {
        List<DynamicTest> tests = new ArrayList<>();
        ARROWS.forEach((room, allowed) -> tests.add(DynamicTest.dynamicTest(room, () -> {
            var ours = with(room + "..", allowed).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(room + "..")
                    .should()
                    .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                            "are ours and above it",
                            target -> target.getPackageName().startsWith("dev.parley.")
                                    && !com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(ours)
                                            .test(target)))
                    .check(HOUSE);
        })));
        return tests;
    }

    @Test
    void theLanguageUsesOnlyTheProtocol() {
        var allowed = with(PROTOCOL, LANGUAGE, "java..", "org.jspecify..").toArray(String[]::new);

        for (var language : LANGUAGE) {
            classes()
                    .that()
                    .resideInAPackage(language)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed)
                    .check(HOUSE);
        }
    }

    @Test
    void theProtocolKnowsNoFramework() {
        classes()
                .that()
                .resideInAPackage(PROTOCOL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        PROTOCOL,
                        "java..",
                        "javax.crypto..",
                        "javax.security.auth.x500..",
                        "javax.naming..",
                        "org.bouncycastle..",
                        "com.fasterxml.jackson.core..",
                        "org.jspecify..")
                .check(HOUSE);
    }

    @Test
    void theEnclaveUsesOnlyWhatIsMeasured() {
        classes()
                .that()
                .resideInAPackage("dev.parley.enclave..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(
                                PROTOCOL,
                                LANGUAGE,
                                "dev.parley.enclave..",
                                "java..",
                                "javax.crypto..",
                                "org.duckdb..",
                                // Where Bouncy Castle is told the generator to take; all else of it is the protocol's.
                                "org.bouncycastle.crypto",
                                "org.jspecify..")
                        .toArray(String[]::new))
                .check(HOUSE);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.parley.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void everyModuleIsLookedAt() {
        var rooms = Set.of(
                "dev.parley.protocol",
                "dev.parley.policy",
                "dev.parley.enclave",
                "dev.parley.host",
                "dev.parley.image",
                "dev.parley.simulator",
                "dev.parley.server",
                "dev.parley.web",
                "dev.parley.cli",
                "dev.parley.local");

        assertThat(rooms)
                .allSatisfy(room -> assertThat(HOUSE.stream().map(c -> c.getPackageName()))
                        .anyMatch(name -> name.startsWith(room)));
    }

    private static List<String> with(String first, List<String> rest, String... more) {
        List<String> all = new ArrayList<>(rest);
        all.add(first);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
