package io.diapason.tabular;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.diapason", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theEngineAndTheTunerAreAllItUses = classes()
            .that()
            .resideInAPackage("io.diapason.tabular..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.diapason.tabular..",
                    "io.diapason.data..",
                    "io.diapason.loss..",
                    "io.diapason.metric..",
                    "io.diapason.model..",
                    "io.diapason.nn..",
                    "io.diapason.optim..",
                    "io.diapason.random..",
                    "io.diapason.tensor..",
                    "io.diapason.train..",
                    "io.diapason.tuner..",
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule devicesAreTheEnginesBusiness = noClasses()
            .that()
            .resideInAPackage("io.diapason.tabular..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.diapason.backend..", "io.diapason.nativelib..", "org.bytedeco..");

    @ArchTest
    static final ArchRule neitherEngineNorStudyKnowsIt = noClasses()
            .that()
            .resideOutsideOfPackage("io.diapason.tabular..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.diapason.tabular..");

    @ArchTest
    static final ArchRule engineAndStudyAreAmongWhatIsLookedAt = classes()
            .that()
            .haveFullyQualifiedName("io.diapason.tuner.study.Study")
            .or()
            .haveFullyQualifiedName("io.diapason.train.Trainer")
            .should()
            .bePublic();
}
