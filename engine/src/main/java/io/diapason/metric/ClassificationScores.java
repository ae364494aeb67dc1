package io.diapason.metric;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Computes the metrics of classification; see {@link Metric} for the formulas. */
final class ClassificationScores {
    private static final double SMALLEST_PROBABILITY = 1e-15;

    private final double[] probabilities;
    private final int classCount;
    private final int[] labels;
    /** Of each class: rows predicted and right, rows predicted, rows that are of it. */
    private final int[] right;

    private final int[] predicted;
    private final int[] actual;

    /** Shapes: probabilities [rows, classCount] without NaN, labels [rows] in range, at least one row. */
    ClassificationScores(double[] probabilities, int classCount, int[] labels) {
        this.probabilities = probabilities;
        this.classCount = classCount;
        this.labels = labels;
        this.right = new int[classCount];
        this.predicted = new int[classCount];
        this.actual = new int[classCount];
        for (int row = 0; row < labels.length; row++) {
            int prediction = mostProbable(row);
            predicted[prediction]++;
            actual[labels[row]]++;
            right[prediction] += prediction == labels[row] ? 1 : 0;
        }
    }

    private int mostProbable(int row) {
        int best = 0;
        for (int code = 1; code < classCount; code++) {
            if (probabilities[row * classCount + code] > probabilities[row * classCount + best]) {
                best = code;
            }
        }
        return best;
    }

    double value(Metric metric) {
        return switch (metric) {
            case ACCURACY -> Arrays.stream(right).sum() / (double) labels.length;
            case BALANCED_ACCURACY -> balancedAccuracy();
            case PRECISION -> average(code -> ratio(right[code], predicted[code]));
            case RECALL -> average(code -> ratio(right[code], actual[code]));
            case F1 -> average(code -> ratio(2 * right[code], predicted[code] + actual[code]));
            case ROC_AUC -> rocAuc();
            case LOG_LOSS -> logLoss();
            default -> throw new IllegalArgumentException("scores: the metric must be one of classes, got " + metric);
        };
    }

    private double balancedAccuracy() {
        return IntStream.range(0, classCount)
                .filter(code -> actual[code] > 0)
                .mapToDouble(code -> ratio(right[code], actual[code]))
                .average()
                .orElseThrow();
    }

    /** Of two classes that of the second, of more the mean over those that occur. */
    private double average(IntToDoubleFunction ofClass) {
        return classCount == 2
                ? ofClass.applyAsDouble(1)
                : IntStream.range(0, classCount)
                        .filter(code -> predicted[code] + actual[code] > 0)
                        .mapToDouble(ofClass)
                        .average()
                        .orElseThrow();
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? 0 : part / (double) whole;
    }

    private double rocAuc() {
        return classCount == 2
                ? rocAuc(1)
                : IntStream.range(0, classCount)
                        .filter(code -> actual[code] > 0)
                        .mapToDouble(this::rocAuc)
                        .average()
                        .orElseThrow();
    }

    /** One class against the rest: both sides sorted, then counted in one pass; NaN when a side is empty. */
    private double rocAuc(int code) {
        double[] own = new double[actual[code]];
        double[] rest = new double[labels.length - own.length];
        int ownSize = 0;
        int restSize = 0;
        for (int row = 0; row < labels.length; row++) {
            double probability = probabilities[row * classCount + code] + 0.0; // sorting would put -0 below 0
            if (labels[row] == code) {
                own[ownSize++] = probability;
            } else {
                rest[restSize++] = probability;
            }
        }
        Arrays.sort(own);
        Arrays.sort(rest);
        double wins = 0;
        int below = 0;
        int notAbove = 0;
        for (double probability : own) {
            while (below < restSize && rest[below] < probability) {
                below++;
            }
            while (notAbove < restSize && rest[notAbove] <= probability) {
                notAbove++;
            }
            wins += 0.5 * below + 0.5 * notAbove;
        }
        return wins / ((double) ownSize * restSize);
    }

    private double logLoss() {
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            double p = probabilities[row * classCount + labels[row]];
            sum -= StrictMath.log(Math.max(SMALLEST_PROBABILITY, Math.min(1 - SMALLEST_PROBABILITY, p)));
        }
        return sum / labels.length;
    }
}
