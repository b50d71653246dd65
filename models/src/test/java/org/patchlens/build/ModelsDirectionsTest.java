package org.patchlens.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Which package of this module may see which.
class ModelsDirectionsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
            .importPackages("org.patchlens");

    @TestFactory
    Stream<DynamicTest> directionsAreKept() {
        return Stream.of(
                        never("org.patchlens.image..", "org.patchlens.preprocess..")
                                .because("a picture knows nothing of models or extraction"),
                        never("org.patchlens.image..", "org.patchlens.model..", "org.patchlens.extract.."),
                        never("org.patchlens.preprocess..", "org.patchlens.model..", "org.patchlens.extract.."),
                        never("org.patchlens.model..", "org.patchlens.image..", "org.patchlens.preprocess..")
                                .because("a model sees pixels as numbers"),
                        never("org.patchlens.model..", "org.patchlens.extract..", "org.patchlens.study.."),
                        never("org.patchlens.model.family..", "org.patchlens.model.onnx..", "ai.onnxruntime..")
                                .because("a family is data"),
                        noClasses()
                                .that()
                                .resideInAnyPackage("org.patchlens.model.*..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.patchlens.model")
                                .because("what a family or a file needs lies below the model that joins them"),
                        SlicesRuleDefinition.slices()
                                .matching("org.patchlens.model.(**)")
                                .should()
                                .beFreeOfCycles(),
                        noClasses().should().accessField(System.class, "out").because("only the command line prints"))
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getDescription(), () -> rule.allowEmptyShould(true).check(CLASSES)));
    }

    private static ArchRule never(String from, String... to) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to);
    }
}
