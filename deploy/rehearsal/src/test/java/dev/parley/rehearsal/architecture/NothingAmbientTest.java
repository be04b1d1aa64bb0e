package dev.parley.rehearsal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is measured asks its machine for no time and no setting: whoever owns the machine would give both. */
@DisplayName("ATT-10, ATT-11: measured code takes nothing from its surroundings")
class NothingAmbientTest {
    private static final List<String> MEASURED = List.of(
            "dev.parley.protocol",
            "dev.parley.policy.bundle",
            "dev.parley.policy.check",
            "dev.parley.policy.plan",
            "dev.parley.policy.query",
            "dev.parley.policy.approval",
            "dev.parley.policy.run",
            "dev.parley.enclave");
    private static final List<String> CLOCKS = List.of(
            "java.time.Instant.now(",
            "java.time.InstantSource.system(",
            "java.time.Clock.system",
            "java.time.LocalDate.now(",
            "java.time.LocalDateTime.now(",
            "java.time.OffsetDateTime.now(",
            "java.time.ZonedDateTime.now(",
            "java.util.Calendar.getInstance(",
            "java.util.Date.<init>()",
            "java.lang.System.currentTimeMillis(");
    private static final List<String> SETTINGS = List.of(
            "java.lang.System.getenv(",
            "java.lang.System.getProperty(",
            "java.lang.System.getProperties(",
            "java.lang.Integer.getInteger(",
            "java.lang.Long.getLong(",
            "java.lang.Boolean.getBoolean(",
            "java.util.ServiceLoader.load(",
            "java.lang.ClassLoader.getResource");

    private static final JavaClasses HOUSE = House.classes();

    @Test
    @Tag("ATT-11")
    void noClock() {
        assertThat(calls(NothingAmbientTest::isMeasured, CLOCKS)).isEmpty();
        assertThat(calls(c -> !isMeasured(c), CLOCKS)).isNotEmpty();
    }

    /** But for the name of the processor, which the JVM finds out by itself and which decides how the kernel is called. */
    @Test
    @Tag("ATT-10")
    void noVariableAndNoProperty() {
        assertThat(calls(NothingAmbientTest::isMeasured, SETTINGS))
                .allMatch(call -> call.startsWith("dev.parley.enclave.kernel.SystemCall."));
        assertThat(calls(c -> !isMeasured(c), SETTINGS)).isNotEmpty();
    }

    private static List<String> calls(Predicate<JavaClass> from, List<String> targets) {
        return HOUSE.stream()
                .filter(from)
                .flatMap(c ->
                        Stream.concat(c.getAccessesFromSelf().stream(), c.getCodeUnitReferencesFromSelf().stream()))
                .filter(access -> targets.stream().anyMatch(name(access)::startsWith))
                .map(access -> access.getOrigin().getFullName() + " calls " + name(access))
                .distinct()
                .toList();
    }

    private static String name(JavaAccess<?> access) {
        return access.getTarget().getFullName();
    }

    private static boolean isMeasured(JavaClass c) {
        return MEASURED.stream()
                .anyMatch(name ->
                        c.getPackageName().equals(name) || c.getPackageName().startsWith(name + "."));
    }
}
