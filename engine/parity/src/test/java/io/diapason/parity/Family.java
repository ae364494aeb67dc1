package io.diapason.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/** One family of operations: runs its cases, keeps the worst of them, and writes one row of the report. */
final class Family {
    private final String name;
    private final List<String> failures = new ArrayList<>();
    private int cases;
    private int failed;
    private int tensors;
    private int byTheirError;
    private int byTheirDigits;
    private double ofAllowance;
    private double relative32;
    private double relative64;
    private String worst = "";

    private Family(String name) {
        this.name = name;
    }

    /** Runs {@code -Dparity.cases} cases (1,000 unless given), or the one of {@code -Dparity.seed}; all must agree. */
    static void run(String name, BiConsumer<Family, Case> one) {
        run(name, 1, one);
    }

    /** As {@link #run(String, BiConsumer)}, with so many times as many cases. */
    static void run(String name, double times, BiConsumer<Family, Case> one) {
        Family family = new Family(name);
        String seed = System.getProperty("parity.seed", "");
        int wanted = Math.max(1, (int) (times * Integer.getInteger("parity.cases", 1000)));
        long first = seed.isEmpty() ? 0 : Long.parseLong(seed);
        long last = seed.isEmpty() ? wanted - 1 : first;
        for (long s = first; s <= last; s++) {
            family.cases++;
            int before = family.failures.size();
            try {
                one.accept(family, new Case(s));
            } catch (RuntimeException | AssertionError e) {
                family.failures.add("seed " + s + ": " + brief(e));
            }
            if (family.failures.size() > before) {
                family.failed++;
            }
        }
        if (seed.isEmpty()) {
            Report.write(family.name, family.row());
            System.out.println("parity: " + family.row() + " nearest to its allowance: " + family.worst);
        }
        assertEquals(
                List.of(),
                family.failures.subList(0, Math.min(20, family.failures.size())),
                () -> name + ": " + family.failed + " of " + family.cases
                        + " cases differ; one alone: -Dparity.seed=SEED, of:\n"
                        + String.join("\n", family.failures.subList(0, Math.min(20, family.failures.size()))) + "\n");
    }

    /** Both sides compute; outputs and gradients are compared. */
    void compare(Case drawn, String what, List<Operand> operands, Computation computation) {
        if (operands.stream().anyMatch(Operand::repeats)) {
            drawn.lean();
        }
        double[][] kept = new double[1][];
        IntFunction<double[]> upstream = n -> {
            if (kept[0] == null) {
                kept[0] = drawn.upstream(n);
            }
            return kept[0];
        };
        String where = "seed " + drawn.seed() + ": " + what + " of " + operands;
        Evaluation reference = Evaluation.theirs(DType.FLOAT64, operands, computation, upstream);
        Evaluation theirs = Evaluation.theirs(DType.FLOAT32, operands, computation, upstream);
        Evaluation single = Evaluation.ours(DType.FLOAT32, operands, computation, upstream);
        Evaluation twice = Evaluation.ours(DType.FLOAT64, operands, computation, upstream);
        for (int i = 0; i < reference.outputs().size(); i++) {
            compare(
                    where + ", output " + i,
                    single.outputs().get(i),
                    twice.outputs().get(i),
                    theirs.outputs().get(i),
                    reference.outputs().get(i));
        }
        if (reference.gradients().size() != single.gradients().size()) {
            failures.add(where + ": gradients of " + single.gradients().size() + " leaves, theirs of "
                    + reference.gradients().size());
            return;
        }
        for (int i = 0; i < reference.gradients().size(); i++) {
            compare(
                    where + ", gradient " + i,
                    single.gradients().get(i),
                    twice.gradients().get(i),
                    theirs.gradients().get(i),
                    reference.gradients().get(i));
        }
    }

    private void compare(
            String where,
            Evaluation.Part single,
            Evaluation.Part twice,
            Evaluation.Part theirs,
            Evaluation.Part reference) {
        if (!Arrays.equals(single.shape(), reference.shape()) || !Arrays.equals(twice.shape(), reference.shape())) {
            failures.add(where + ": shape " + Arrays.toString(single.shape()) + ", theirs "
                    + Arrays.toString(reference.shape()));
        } else if (!reference.dtype().isFloat()) {
            exactly(where + ", float32", single.values(), theirs.values());
            exactly(where + ", float64", twice.values(), reference.values());
        } else {
            numbers(where, single.values(), twice.values(), theirs.values(), reference.values());
        }
    }

    /** Numbers found by other means than {@link #compare(Case, String, List, Computation)}. */
    void numbers(String where, double[] single, double[] twice, double[] theirs, double[] reference) {
        single(where, single, theirs, reference);
        twice(where, twice, theirs, reference);
    }

    /** Our float32 alone. */
    void single(String where, double[] ours, double[] theirs, double[] reference) {
        Agreement agreement = Agreement.ofFloat32(ours, theirs, reference);
        if (agreement.compared()) {
            tensors++;
            if (agreement.strict()) {
                relative32 = Math.max(relative32, agreement.relative());
            } else {
                byTheirError++;
            }
        }
        if (agreement.ofAllowance() > ofAllowance) {
            ofAllowance = agreement.ofAllowance();
            worst = where;
        }
        if (!agreement.holds()) {
            failures.add(where + ", float32: " + told(agreement, ours, theirs, reference));
        }
    }

    /** Our float64 alone. */
    void twice(String where, double[] ours, double[] theirs, double[] reference) {
        Agreement agreement = Agreement.ofFloat64(ours, theirs, reference);
        if (agreement.compared()) {
            if (agreement.strict()) {
                relative64 = Math.max(relative64, agreement.relative());
            } else {
                byTheirDigits++;
            }
        }
        if (!agreement.holds()) {
            failures.add(where + ", float64: " + told(agreement, ours, reference, reference));
        }
    }

    /** Numbers of the heap, which there are in float64 alone. */
    void exact64(String where, double[] ours, double[] reference) {
        tensors++;
        twice(where, ours, reference, reference);
    }

    /** Whole numbers and truth values: equal. */
    void exactly(String where, double[] ours, double[] theirs) {
        if (!Arrays.equals(ours, theirs)) {
            failures.add(where + ": " + brief(ours) + ", theirs " + brief(theirs));
        }
    }

    /** What else must hold. */
    void require(boolean holds, String otherwise) {
        tensors++;
        if (!holds) {
            failures.add(otherwise);
        }
    }

    private static String told(Agreement agreement, double[] ours, double[] theirs, double[] reference) {
        int worst = 0;
        double most = -1;
        for (int i = 0; i < reference.length; i++) {
            boolean alike = Double.compare(ours[i], reference[i]) == 0;
            double difference = alike ? 0 : Math.abs(ours[i] - reference[i]);
            double weight = Double.isFinite(difference) ? difference : Double.POSITIVE_INFINITY;
            if (weight > most) {
                most = weight;
                worst = i;
            }
        }
        return "error " + agreement.error() + " of " + agreement.allowance() + " allowed"
                + (agreement.alike() ? "" : ", other kinds of NaN and infinity") + ", largest " + agreement.scale()
                + "\n    at element " + worst + " ours " + ours[worst] + ", libtorch " + theirs[worst]
                + ", reference " + reference[worst];
    }

    private static String brief(double... values) {
        String some = Arrays.toString(Arrays.copyOf(values, Math.min(6, values.length)));
        return values.length > 6 ? some + "…" : some;
    }

    private static String brief(Throwable e) {
        String message = String.valueOf(e.getMessage());
        StackTraceElement at = e.getStackTrace().length == 0 ? null : e.getStackTrace()[0];
        return e.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("") + " at " + at;
    }

    private String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.2f | %.1e | %,d | %.1e | %,d |",
                name,
                cases,
                tensors,
                ofAllowance,
                relative32,
                byTheirError,
                relative64,
                byTheirDigits);
    }
}
