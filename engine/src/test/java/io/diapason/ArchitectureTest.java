package io.diapason;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Which package may know which. Operation codes of {@code nativelib.generated} are constants, which the compiler copies
 * into {@code op}: no class depends on them.
 */
@AnalyzeClasses(packages = "io.diapason", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule modelsAndTrainingKnowNoDevice = noClasses()
            .that()
            .resideInAnyPackage("io.diapason.nn..", "io.diapason.loss..", "io.diapason.optim..", "io.diapason.train..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diapason.backend..", "io.diapason.nativelib..", "org.bytedeco..");

    @ArchTest
    static final ArchRule onlyBackEndsCallTheNativeLayer = noClasses()
            .that()
            .resideOutsideOfPackages("io.diapason.backend..", "io.diapason.nativelib..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diapason.nativelib..");

    @ArchTest
    static final ArchRule pointersStayInTheBackEnds = noClasses()
            .that()
            .resideOutsideOfPackages("io.diapason.backend..", "io.diapason.nativelib..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule theNativeLayerKnowsNothingAboveIt = noClasses()
            .that()
            .resideInAPackage("io.diapason.nativelib..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.diapason.backend..", "io.diapason.op..", "io.diapason.tensor..", "io.diapason.autograd..");

    @ArchTest
    static final ArchRule theEngineKnowsNoTuner = noClasses()
            .that()
            .resideInAPackage("io.diapason..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diapason.tuner..", "io.diapason.tabular..", "io.diapason.cli..");
}
