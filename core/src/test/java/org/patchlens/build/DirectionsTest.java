package org.patchlens.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What may use what inside this module; the Java modules of Maven see to the rest.
class DirectionsTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.patchlens");

    /// From the bottom to the top: a room and the rooms above it, which it must not know.
    @ParameterizedTest
    @CsvSource({
        "..tensor.., '..embedding.. ..study.. ..neighbor.. ..point.. ..stats.. org.patchlens.cluster.. ..analysis..'",
        "..embedding.., '..study.. ..point.. ..stats.. ..analysis..'",
        "..study.., '..neighbor.. ..point.. ..stats.. org.patchlens.cluster.. ..analysis..'",
        "..neighbor.., '..point.. ..stats.. org.patchlens.cluster.. ..analysis..'",
        "org.patchlens.cluster.., '..study.. ..embedding.. ..point.. ..stats.. ..learning.. ..analysis..'",
        "..point.., '..stats.. org.patchlens.cluster.. ..analysis..'",
        "..stats.., '..study.. ..learning.. ..analysis..'",
        "..learning.., '..study.. ..point.. ..analysis..'",
        "org.patchlens.analysis, '..analysis.*..'",
    })
    void aRoomDoesNotKnowTheRoomsAboveIt(String room, String above) {
        holds(noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above.split(" ")));
    }

    @Test
    void anAnalysisDoesNotKnowAnotherAnalysis() {
        holds(slices().matching("org.patchlens.analysis.(*)..").should().notDependOnEachOther());
    }

    @Test
    void theListOfAnalysesIsSeenOnlyByTheEdges() {
        holds(noClasses()
                .that()
                .resideInAnyPackage("org.patchlens.*..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.patchlens.Analyses"));
    }

    @Test
    void nothingIsPrinted() {
        holds(noClasses().should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void noImageDecoderNoModelRuntimeAndNoWebServerIsUsed() {
        holds(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.awt..",
                        "javax.imageio..",
                        "javax.swing..",
                        "ai.onnxruntime..",
                        "com.google.protobuf..",
                        "io.javalin.."));
    }

    @Test
    void onlyTensorUsesVectors() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("..tensor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector.."));
    }

    /// A study maps files into memory and gathers the bytes that it writes.
    @Test
    void onlyTensorAndStudyTakeMemoryOutsideTheHeap() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages("..tensor..", "..study..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Arena.class));
    }

    @Test
    void onlyOptionsAreReadByReflection() {
        holds(noClasses()
                .that()
                .haveNameNotMatching("org\\.patchlens\\.analysis\\.OptionsSchema(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.reflect.RecordComponent"));
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(CORE);
    }
}
