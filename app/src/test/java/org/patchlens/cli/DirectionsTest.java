package org.patchlens.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The directions of the app: the command line sees figures, figures see nothing of the app, and nobody else
/// prints or ends the process.
class DirectionsTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.patchlens");

    @Test
    void figuresKnowNothingOfTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("..figure..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..cli..")
                .check(PROGRAM);
    }

    @Test
    void theServerKnowsNothingOfTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("..server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..cli..")
                .check(PROGRAM);
    }

    @Test
    void oneCommandAloneKnowsTheServer() {
        noClasses()
                .that()
                .resideInAPackage("..cli..")
                .and()
                .doNotHaveFullyQualifiedName(ServeCommand.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..server..")
                .check(PROGRAM);
        noClasses()
                .that()
                .resideInAPackage("..cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.patchlens.server.*..")
                .check(PROGRAM);
    }

    /// From the outside to the inside: what asks knows what answers.
    @ParameterizedTest
    @CsvSource({
        "..server.access.., '..server.http.. ..server.rest.. ..server.job.. ..server.study.. ..server.openapi..'",
        "..server.http.., '..server.rest.. ..server.openapi.. ..server.job.. ..server.study.. ..server.picture..'",
        "..server.picture.., '..server.rest.. ..server.job.. ..server.study.. ..server.http..'",
        "..server.study.., '..server.rest.. ..server.job.. ..server.http..'",
        "..server.job.., '..server.rest..'",
    })
    void aRoomOfTheServerDoesNotKnowTheRoomsAboveIt(String room, String above) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above.split(" "))
                .check(PROGRAM);
    }

    @Test
    void onlyHttpAndAccessKnowTheFramework() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..server.http..", "..server.access..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta..")
                .check(PROGRAM);
    }

    @Test
    void figuresKnowNoAnalysis() {
        noClasses()
                .that()
                .resideInAPackage("..figure..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.patchlens.analysis.*..")
                .check(PROGRAM);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..cli..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(PROGRAM);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(PROGRAM);
    }

    @Test
    void theLibraryNeedsNoWindows() {
        noClasses()
                .that()
                .resideInAPackage("org.patchlens..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.swing..", "java.awt.event..")
                .check(PROGRAM);
    }
}
