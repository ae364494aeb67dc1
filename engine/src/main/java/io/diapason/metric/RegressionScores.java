package io.diapason.metric;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Computes the metrics of regression; see {@link Metric} for the formulas. */
final class RegressionScores {
    private RegressionScores() {}

    /** Shapes: both [rows], at least one row. */
    static Map<Metric, Double> values(double[] predictions, double[] targets) {
        int n = targets.length;
        double mean = Arrays.stream(targets).sum() / n;
        double squares = 0;
        double absolutes = 0;
        double variation = 0;
        for (int row = 0; row < n; row++) {
            double error = predictions[row] - targets[row];
            squares += error * error;
            absolutes += Math.abs(error);
            variation += (targets[row] - mean) * (targets[row] - mean);
        }
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.RMSE, Math.sqrt(squares / n));
        values.put(Metric.MAE, absolutes / n);
        values.put(Metric.R2, variation > 0 ? 1 - squares / variation : squares == 0 ? 1.0 : 0.0);
        return values;
    }
}
