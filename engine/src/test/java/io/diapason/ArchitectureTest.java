package io.diapason;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.diapason.backend.OptimizerKernels;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which package may know which: each rule names all that a package depends on, so every arrow that is not there is
 * forbidden. Operation codes of {@code nativelib.generated} are constants, which the compiler copies into {@code op}:
 * no class depends on them.
 */
@AnalyzeClasses(packages = "io.diapason", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Tensors, operations and gradients know one another; what the packages above may use of them. */
    private static final String[] TENSORS = {"tensor", "op", "autograd"};

    @ArchTest
    static final ArchRule randomNumbersKnowNothing = dependencies("random", List.of());

    @ArchTest
    static final ArchRule tensorsKnowBackEndsAndRandomNumbers =
            dependencies("tensor", List.of("backend", "random"), TENSORS);

    @ArchTest
    static final ArchRule operationsKnowBackEnds = dependencies("op", List.of("backend"), TENSORS);

    @ArchTest
    static final ArchRule gradientsKnowBackEnds = dependencies("autograd", List.of("backend"), TENSORS);

    @ArchTest
    static final ArchRule backEndsKnowTensorsAndTheNativeLayer =
            dependencies("backend", List.of("tensor", "nativelib"));

    @ArchTest
    static final ArchRule tablesKnowRandomNumbersAlone = dependencies("data", List.of("random"));

    @ArchTest
    static final ArchRule metricsKnowTablesAlone = dependencies("metric", List.of("data"));

    @ArchTest
    static final ArchRule modulesKnowTensorsAndRandomNumbers = dependencies("nn", List.of("random"), TENSORS);

    @ArchTest
    static final ArchRule lossesKnowTensorsAndModules = dependencies("loss", List.of("nn"), TENSORS);

    @ArchTest
    static final ArchRule optimisersKnowTensorsAndModules = dependencies("optim", List.of("nn"), TENSORS);

    @ArchTest
    static final ArchRule trainingKnowsModulesLossesAndOptimisers =
            dependencies("train", List.of("program", "backend", "nn", "loss", "optim", "random"), TENSORS);

    @ArchTest
    static final ArchRule predictionKnowsModulesAndPrograms =
            dependencies("inference", List.of("program", "backend", "nn", "random"), TENSORS);

    @ArchTest
    static final ArchRule programsKnowBackEndsAndTensors =
            dependencies("program", List.of("backend", "random"), TENSORS);

    @ArchTest
    static final ArchRule modelsKnowAllButBackEnds =
            dependencies("model", List.of("train", "data", "metric", "nn", "loss", "optim", "random"), TENSORS);

    /** The rule that a package depends on itself, on the given ones, on Java and on the libraries of its own. */
    private static ArchRule dependencies(String name, List<String> others, String... more) {
        Stream<String> ours = Stream.of(Stream.of(name), others.stream(), Stream.of(more))
                .flatMap(names -> names)
                .map(each -> "io.diapason." + each + "..");
        Stream<String> libraries = switch (name) {
            case "backend" -> Stream.of("org.bytedeco..");
            case "train", "inference" -> Stream.of("org.slf4j..");
            case "data" -> Stream.of("de.siegmar.fastcsv..");
            default -> Stream.of();
        };
        return classes()
                .that()
                .resideInAPackage("io.diapason." + name + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.of(Stream.of("java..", "org.jspecify.."), ours, libraries)
                        .flatMap(packages -> packages)
                        .toArray(String[]::new));
    }

    /** {@code backward()} refuses operands that were overwritten, so whatever overwrites them counts it. */
    @ArchTest
    static final ArchRule kernelsThatWorkInPlaceAreCalledWhereChangesAreCounted = kernels(
            Stream.concat(
                    Stream.of("add", "scale"),
                    Stream.of(OptimizerKernels.class.getMethods()).map(Method::getName)),
            "op.Update");

    /** The first three count the change; the others write memory that they have just taken. */
    @ArchTest
    static final ArchRule memoryIsWrittenWhereItIsNewOrChangesAreCounted = kernels(
            Stream.of("fill", "assign", "write"),
            "op.Update",
            "tensor.Tensor",
            "tensor.Transfer",
            "tensor.Scope",
            "tensor.Creation",
            "tensor.HeapTensor",
            "autograd.Autograd",
            "op.Index",
            "op.View",
            "op.Convert");

    /** The rule that kernels of these names are called by these classes alone, beside back ends themselves. */
    private static ArchRule kernels(Stream<String> names, String... callers) {
        Set<String> kernels = names.collect(Collectors.toSet());
        Set<String> allowed = Stream.of(callers).map("io.diapason."::concat).collect(Collectors.toSet());
        return noClasses()
                .that(resideOutsideOfPackage("io.diapason.backend")
                        .and(describe("are not " + allowed, type -> !allowed.contains(outermost(type)))))
                .should()
                .callMethodWhere(describe(
                        "the kernel is one of " + kernels,
                        call -> call.getTargetOwner().getPackageName().equals("io.diapason.backend")
                                && kernels.contains(call.getName())));
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    @ArchTest
    static final ArchRule theNativeLayerKnowsNothingAboveIt = noClasses()
            .that()
            .resideInAPackage("io.diapason.nativelib..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.diapason..").and(not(resideInAPackage("io.diapason.nativelib.."))));

    @ArchTest
    static void everyPackageHasARuleAndADescription(JavaClasses all) {
        List<String> ruled = List.of(
                "random",
                "tensor",
                "op",
                "autograd",
                "backend",
                "data",
                "metric",
                "nn",
                "loss",
                "optim",
                "program",
                "train",
                "inference",
                "model",
                "nativelib");
        for (JavaPackage found : all.getPackage("io.diapason").getSubpackagesInTree()) {
            if (found.getClasses().isEmpty()) {
                continue;
            }
            String name = found.getName().substring("io.diapason.".length());
            assertTrue(ruled.contains(name.split("\\.", 2)[0]), name + " must have a rule above");
            assertTrue(
                    found.tryGetPackageInfo().isPresent() || name.equals("nativelib.generated"),
                    name + " must have a package-info");
        }
    }
}
