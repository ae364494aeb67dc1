package io.diapason.benchmarks;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What one call of a benchmark does.
 *
 * @param amount how much, above 0
 * @param unit of what
 */
record Work(double amount, Unit unit) {
    /** What is counted. */
    enum Unit {
        /** Additions and multiplications of floating point numbers in products of matrices. */
        FLOATING_POINT_OPERATION,
        /** Elements of a tensor. */
        ELEMENT,
        /** Cells of a table. */
        CELL
    }

    static Work flops(double amount) {
        return new Work(amount, Unit.FLOATING_POINT_OPERATION);
    }

    static Work elements(double amount) {
        return new Work(amount, Unit.ELEMENT);
    }

    static Work cells(double amount) {
        return new Work(amount, Unit.CELL);
    }

    /** The work of a benchmark with these parameters, or null of one that is not of this package or states none. */
    static @Nullable Work of(BenchmarkParams params) {
        String method = params.getBenchmark();
        String name = method.substring(0, method.lastIndexOf('.'));
        if (!name.startsWith(Work.class.getPackageName() + ".")) {
            return null;
        }
        return switch (name.substring(Work.class.getPackageName().length() + 1)) {
            case "Linear" -> Linear.work(params);
            case "Dropout" -> Dropout.work(params);
            case "ActivationFunctions" -> ActivationFunctions.work(params);
            case "CrossEntropy" -> CrossEntropy.work(params);
            case "Adam" -> Adam.work(params);
            case "Sgd" -> Sgd.work(params);
            case "Gemm" -> Gemm.work(params);
            case "Gather" -> Gather.work(params);
            case "ActivationDropout" -> ActivationDropout.work(params);
            case "ReplayedStep" -> ReplayedStep.work(params);
            case "guard.Guarded" -> null; // what it does is relative to a reference
            case "Step" -> Step.work(params);
            case "Predict" -> Predict.work(params);
            case "ReadTable" -> ReadTable.work(params);
            default ->
                throw new IllegalArgumentException("work: every benchmark must state its work, got none of " + name);
        };
    }
}
