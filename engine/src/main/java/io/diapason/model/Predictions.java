package io.diapason.model;

import io.diapason.autograd.Autograd;
import io.diapason.data.ClassEncoder;
import io.diapason.data.Dataset;
import io.diapason.data.TargetEncoder;
import io.diapason.data.ValueEncoder;
import io.diapason.metric.Scores;
import io.diapason.nn.Module;
import io.diapason.nn.Pass;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Tensor;
import java.util.List;

/** What a model says of some rows. */
public sealed interface Predictions {
    /**
     * How many rows.
     *
     * @return at least 0
     */
    int rows();

    /**
     * Whether the prediction of a row is a number.
     *
     * @param row from 0
     * @return false when it overflowed
     */
    boolean isFinite(int row);

    /**
     * How good the predictions are.
     *
     * @param truth the same rows with their targets
     * @return every metric of the task
     */
    Scores scores(Dataset truth);

    /**
     * Probabilities of classes.
     *
     * @param classes the labels, in the order of the columns
     * @param probabilities row-major {@code [rows, classes]}, each row summing to 1; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // large, made once, and read in place
    record OfClasses(List<String> classes, double[] probabilities) implements Predictions {
        @Override
        public int rows() {
            return probabilities.length / classes.size();
        }

        @Override
        public boolean isFinite(int row) {
            return Double.isFinite(probability(row, 0));
        }

        /**
         * The most probable class of a row, the first of equals.
         *
         * @param row from 0
         * @return its label
         */
        public String label(int row) {
            int best = 0;
            for (int c = 1; c < classes.size(); c++) {
                if (probability(row, c) > probability(row, best)) {
                    best = c;
                }
            }
            return classes.get(best);
        }

        /**
         * The probability of a class.
         *
         * @param row from 0
         * @param code the class's position among {@link #classes}
         * @return in [0, 1]
         */
        public double probability(int row, int code) {
            return probabilities[row * classes.size() + code];
        }

        @Override
        public Scores scores(Dataset truth) {
            return Scores.ofClasses(probabilities, classes.size(), truth.classes());
        }
    }

    /**
     * Numbers.
     *
     * @param values in the target's units {@code [rows]}; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // large, made once, and read in place
    record OfValues(double[] values) implements Predictions {
        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public boolean isFinite(int row) {
            return Double.isFinite(values[row]);
        }

        @Override
        public Scores scores(Dataset truth) {
            return Scores.ofValues(values, truth.values());
        }
    }

    /**
     * What a network says of encoded rows. They pass through it some thousand at a time, so that memory stays bounded.
     *
     * @param network maps {@code [rows, width]} to {@code [rows, classes]} logits, or to {@code [rows, 1]} standardised
     *     values
     * @param features float32 {@code [rows, width]}
     * @param target how outputs become labels or units
     * @return the predictions
     */
    static Predictions of(Module network, Tensor features, TargetEncoder target) {
        int rows = features.shape().size(0);
        int width = outputs(target);
        float[] all = new float[requireSize(rows, width)];
        int most = 4096;
        for (int from = 0; from < rows; from += most) {
            Tensor part = features.rows(from, Math.min(rows, from + most));
            try (Scope scope = Scope.open(features.device())) {
                float[] some = Autograd.noGrad(
                        () -> network.forward(part, Pass.inference()).toFloatArray());
                System.arraycopy(some, 0, all, from * width, some.length);
            }
        }
        return of(all, target);
    }

    /**
     * What a network's outputs say.
     *
     * @param outputs row-major {@code [rows, classes]} logits, or {@code [rows, 1]} standardised values
     * @param target how outputs become labels or units
     * @return the predictions
     */
    static Predictions of(float[] outputs, TargetEncoder target) {
        double[] values = new double[outputs.length];
        if (target instanceof ClassEncoder encoder) {
            int classes = outputs(target);
            for (int row = 0; row < outputs.length; row += classes) {
                softmax(outputs, row, classes, values);
            }
            return new OfClasses(encoder.classes(), values);
        }
        ValueEncoder encoder = (ValueEncoder) target;
        for (int i = 0; i < outputs.length; i++) {
            values[i] = encoder.value(outputs[i]);
        }
        return new OfValues(values);
    }

    /** Numbers a row. */
    private static int outputs(TargetEncoder target) {
        return target instanceof ClassEncoder encoder ? encoder.classes().size() : 1;
    }

    private static int requireSize(int rows, int classes) {
        long size = (long) rows * classes;
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("predictions: rows times classes must be below 2^31, got " + rows
                    + " times " + classes + "; take fewer rows");
        }
        return (int) size;
    }

    /** In double precision, so that probabilities sum to 1 in every printed digit. */
    private static void softmax(float[] logits, int from, int classes, double[] probabilities) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            largest = Math.max(largest, logits[from + c]);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            probabilities[from + c] = StrictMath.exp(logits[from + c] - largest);
            sum += probabilities[from + c];
        }
        for (int c = 0; c < classes; c++) {
            probabilities[from + c] /= sum;
        }
    }
}
