package io.diapason.loss;

import java.util.function.DoubleBinaryOperator;

/** The losses' formulas in plain double arithmetic, one number an element or row. */
final class LossReferences {
    private LossReferences() {}

    static double[] each(double[] predictions, double[] targets, DoubleBinaryOperator formula) {
        double[] each = new double[predictions.length];
        for (int i = 0; i < each.length; i++) {
            each[i] = formula.applyAsDouble(predictions[i], targets[i]);
        }
        return each;
    }

    static double huber(double prediction, double target, double delta) {
        double e = Math.abs(prediction - target);
        return e <= delta ? 0.5 * e * e : delta * (e - 0.5 * delta);
    }

    /** −w t log σ(z) − (1 − t) log(1 − σ(z)), with log σ(z) = −log(1 + e^−z). */
    static double binaryCrossEntropy(double logit, double target, double positiveWeight) {
        return positiveWeight * target * Math.log1p(Math.exp(-logit)) + (1 - target) * Math.log1p(Math.exp(logit));
    }

    static double pinball(double prediction, double target, double level) {
        double e = target - prediction;
        return Math.max(level * e, (level - 1) * e);
    }

    /** log softmax of row r. */
    static double[] logSoftmax(double[] logits, int classes, int row) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += Math.exp(logits[row * classes + c]);
        }
        double[] logs = new double[classes];
        for (int c = 0; c < classes; c++) {
            logs[c] = logits[row * classes + c] - Math.log(sum);
        }
        return logs;
    }

    /** Σ_c w[c] q[c] · −log p[c] with the smoothed target q of one row. */
    static double crossEntropy(double[] logs, double[] target, double[] weights, double smoothing) {
        double loss = 0;
        for (int c = 0; c < logs.length; c++) {
            double q = (1 - smoothing) * target[c] + smoothing / logs.length;
            loss -= weights[c] * q * logs[c];
        }
        return loss;
    }

    static double cosine(double[] a, double[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return dot / Math.sqrt(aa * bb);
    }

    static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    static double mean(double[] values) {
        return sum(values) / values.length;
    }
}
