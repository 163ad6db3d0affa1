package io.aftercare.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Keeps the edges of `docs/architecture.md`.
class EdgesTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.aftercare");

    @Test
    void featuresNeverSeeEachOther() {
        slices().matching("io.aftercare.(ingest|diagnostics|remote|service|ota)..").should()
                .notDependOnEachOther()
                .check(HOUSE);
    }

    @Test
    void theSharedLanguageSeesNoFeatureAndNotTheServer() {
        noClasses().that().resideInAPackage("io.aftercare.fleet..").should().dependOnClassesThat()
                .resideInAnyPackage("io.aftercare.ingest..", "io.aftercare.diagnostics..",
                        "io.aftercare.remote..",
                        "io.aftercare.service..",
                        "io.aftercare.ota..", "io.aftercare.server..", "io.aftercare.simulator..")
                .check(HOUSE);
    }

    @Test
    void onlyTheServerSeesTheServer() {
        noClasses().that().resideOutsideOfPackages("io.aftercare.server..", "io.aftercare.benchmarks..")
                .should()
                .dependOnClassesThat().resideInAPackage("io.aftercare.server..").check(HOUSE);
    }

    @Test
    void theSimulatorSeesNothingOfTheBackend() {
        noClasses().that().resideInAPackage("io.aftercare.simulator..").should().dependOnClassesThat()
                .resideInAnyPackage("io.aftercare.fleet..", "io.aftercare.ingest..",
                        "io.aftercare.diagnostics..", "io.aftercare.remote..",
                        "io.aftercare.service..", "io.aftercare.ota..", "io.aftercare.server..")
                .check(HOUSE);
    }
}
