package io.diapason.tuner;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;

@AnalyzeClasses(packages = "io.diapason.tuner", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {
    /** Leaves out tests, wherever the build puts them. */
    static final class WithoutTests implements ImportOption {
        private static final Pattern TEST = Pattern.compile(".*(Test|Contract|TestSpaces)(\\$.*)?\\.class$");

        @Override
        public boolean includes(Location location) {
            return !location.matches(TEST);
        }
    }

    @ArchTest
    static final ArchRule ofTheEngineOnlyRandomNumbersAreUsed = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.diapason..")
                    .and(resideOutsideOfPackages("io.diapason.random..", "io.diapason.tuner..")));

    @ArchTest
    static final ArchRule nothingBuiltOnTheStudyIsUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..tabular..", "..cli..", "..store..", "..report..", "..dashboard..", "..spark..");

    @ArchTest
    static final ArchRule packagesFormLayers = layeredArchitecture()
            .consideringAllDependencies()
            .layer("space")
            .definedBy("io.diapason.tuner.space..")
            .layer("trial")
            .definedBy("io.diapason.tuner.trial..")
            .layer("sampler")
            .definedBy("io.diapason.tuner.sampler..")
            .layer("study")
            .definedBy("io.diapason.tuner.study..")
            .whereLayer("study")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("sampler")
            .mayOnlyBeAccessedByLayers("study")
            .whereLayer("trial")
            .mayOnlyBeAccessedByLayers("sampler", "study");

    @ArchTest
    static final ArchRule everyClassLiesInALayer = classes()
            .should()
            .resideInAnyPackage(
                    "io.diapason.tuner.space..",
                    "io.diapason.tuner.trial..",
                    "io.diapason.tuner.sampler..",
                    "io.diapason.tuner.study..");
}
