package dev.parley.rehearsal.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** All classes of ours that are no tests, read once. */
final class House {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Test kits come as jars, which the option above does not know for tests.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.parley");

    private House() {}

    static JavaClasses classes() {
        return CLASSES;
    }
}
