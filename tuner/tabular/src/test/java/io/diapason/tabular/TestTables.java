package io.diapason.tabular;

import io.diapason.data.CategoricalColumn;
import io.diapason.data.NumericColumn;
import io.diapason.data.Table;
import io.diapason.random.Rng;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.study.StudyResult;
import java.util.ArrayList;
import java.util.List;

/** Small tables that can be learned, made of a seed, and a small space that learns them in no time. */
final class TestTables {
    private TestTables() {}

    /**
     * Classes in clouds around a circle of radius 3, cloud deviation 1; the first of the classes' names are a, b, c.
     */
    static Table clouds(int classes, int rows, long seed) {
        Rng rng = Rng.of(seed).child("clouds");
        double[] x = new double[rows];
        double[] y = new double[rows];
        List<String> labels = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int code = row % classes;
            double angle = 2 * Math.PI * code / classes;
            x[row] = 3 * Math.cos(angle) + rng.gaussianAt(2L * row);
            y[row] = 3 * Math.sin(angle) + rng.gaussianAt(2L * row + 1);
            labels.add(String.valueOf((char) ('a' + code)));
        }
        return Table.of(
                "clouds",
                List.of(NumericColumn.of("x", x), NumericColumn.of("y", y), CategoricalColumn.of("label", labels)));
    }

    /**
     * y = 3 x + 4 [colour = red] + noise of deviation 0.5, plus a column of noise alone. A tenth of the numbers and of
     * the colours is missing, drawn by the same seed.
     */
    static Table line(int rows, long seed) {
        return Table.of("line", lineColumns(rows, seed));
    }

    static List<io.diapason.data.Column> lineColumns(int rows, long seed) {
        Rng rng = Rng.of(seed).child("line");
        double[] x = new double[rows];
        double[] noise = new double[rows];
        double[] target = new double[rows];
        List<String> colours = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            double value = rng.child("x").gaussianAt(row);
            boolean red = rng.child("colour").intAt(row, 2) == 0;
            noise[row] = rng.child("noise").gaussianAt(row);
            target[row] = 3 * value + (red ? 4 : 0) + 0.5 * rng.child("target").gaussianAt(row);
            x[row] = rng.child("no x").intAt(row, 10) == 0 ? Double.NaN : value;
            colours.add(rng.child("no colour").intAt(row, 10) == 0 ? "" : red ? "red" : "blue");
        }
        return List.of(
                NumericColumn.of("x", x),
                NumericColumn.of("noise", noise),
                CategoricalColumn.of("colour", colours),
                NumericColumn.of("y", target));
    }

    /** One small layer; a rate that is found by three trials. */
    static SearchSpace smallSpace() {
        return SearchSpace.define(space -> {
            space.choice("layers", 1);
            space.integer("units", 4, 16);
            space.floating("lr", 0.003, 0.05).log();
            space.choice("batch_size", 16);
            space.floating("dropout", 0, 0.2);
        });
    }

    /** A quick tuning of the small space. */
    static TuningConfig.Builder quick(String target) {
        return TuningConfig.target(target)
                .space(smallSpace())
                .trials(4)
                .parallelism(4)
                .workers(2)
                .epochs(12)
                .seed(11);
    }

    /** All of a study that a second run must repeat. */
    static List<List<Object>> repeatable(StudyResult study) {
        return study.records().stream()
                .map(trial -> List.<Object>of(
                        trial.number(), trial.params(), trial.outcome(), trial.reports(), trial.attributes()))
                .toList();
    }
}
