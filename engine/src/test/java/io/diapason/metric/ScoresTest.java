package io.diapason.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.data.Task;
import io.diapason.random.Rng;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ScoresTest {
    private static final double TINY = 1e-12;

    private static double[] binary(double... ofSecond) {
        double[] probabilities = new double[2 * ofSecond.length];
        for (int row = 0; row < ofSecond.length; row++) {
            probabilities[2 * row] = 1 - ofSecond[row];
            probabilities[2 * row + 1] = ofSecond[row];
        }
        return probabilities;
    }

    @Test
    void twoClassesScoreAsInScikitLearn() {
        // scikit-learn 1.9.1: accuracy_score, …, of argmax; average="binary", zero_division=0.
        Scores scores = Scores.ofClasses(
                binary(.1, .4, .35, .8, .4, .4, .9, .7, .2, .3), 2, new int[] {0, 0, 1, 1, 0, 1, 1, 0, 1, 0});
        assertEquals(0.6, scores.value(Metric.ACCURACY), TINY);
        assertEquals(0.6, scores.value(Metric.BALANCED_ACCURACY), TINY);
        assertEquals(0.6666666666666666, scores.value(Metric.PRECISION), TINY);
        assertEquals(0.4, scores.value(Metric.RECALL), TINY);
        assertEquals(0.5, scores.value(Metric.F1), TINY);
        assertEquals(0.64, scores.value(Metric.ROC_AUC), TINY);
        assertEquals(0.6591714347233445, scores.value(Metric.LOG_LOSS), TINY);
    }

    @Test
    void threeClassesScoreAsInScikitLearn() {
        // scikit-learn 1.9.1: average="macro", multi_class="ovr", zero_division=0.
        double[] probabilities = {
            .7, .2, .1, .3, .4, .3, .1, .2, .7, .2, .5, .3, .25, .5, .25, //
            .4, .35, .25, .2, .6, .2, .1, .3, .6, .5, .3, .2, .05, .05, .9
        };
        Scores scores = Scores.ofClasses(probabilities, 3, new int[] {0, 1, 2, 2, 1, 0, 0, 2, 1, 2});
        assertEquals(0.7, scores.value(Metric.ACCURACY), TINY);
        assertEquals(0.6944444444444443, scores.value(Metric.BALANCED_ACCURACY), TINY);
        assertEquals(0.7222222222222222, scores.value(Metric.PRECISION), TINY);
        assertEquals(0.6944444444444443, scores.value(Metric.RECALL), TINY);
        assertEquals(0.6984126984126985, scores.value(Metric.F1), TINY);
        assertEquals(0.810515873015873, scores.value(Metric.ROC_AUC), TINY);
        assertEquals(0.7872648192695509, scores.value(Metric.LOG_LOSS), TINY);
    }

    @Test
    void numbersScoreAsInScikitLearn() {
        // scikit-learn 1.9.1: mean_squared_error ** 0.5, mean_absolute_error, r2_score.
        Scores scores = Scores.ofValues(
                new double[] {2.5, 0.0, 2.0, 8.0, 4.0, 1.0}, new double[] {3.0, -0.5, 2.0, 7.0, 4.5, 0.0});
        assertEquals(0.67700320038633, scores.value(Metric.RMSE), TINY);
        assertEquals(0.5833333333333334, scores.value(Metric.MAE), TINY);
        assertEquals(0.9309623430962344, scores.value(Metric.R2), TINY);
    }

    @Test
    void undefinedQuotientsCountAsZero() {
        // Nobody is predicted to be of class 1: precision 0/0, recall 0/1, F1 0/1.
        Scores none = Scores.ofClasses(binary(.1, .2, .3), 2, new int[] {0, 0, 1});
        assertEquals(0, none.value(Metric.PRECISION));
        assertEquals(0, none.value(Metric.RECALL));
        assertEquals(0, none.value(Metric.F1));
        // Of three classes the third occurs nowhere and is left out of the means: (2/3 + 0) / 2 and (1 + 0) / 2.
        double[] probabilities = {.8, .1, .1, .7, .2, .1, .6, .3, .1};
        Scores absent = Scores.ofClasses(probabilities, 3, new int[] {0, 0, 1});
        assertEquals(1 / 3.0, absent.value(Metric.PRECISION), TINY);
        assertEquals(0.5, absent.value(Metric.RECALL), TINY);
        assertEquals(0.5, absent.value(Metric.BALANCED_ACCURACY), TINY);
    }

    @Test
    void classThatIsOnlyPredictedCountsInTheMeans() {
        // Predicted 0, 2, 1 of labels 0, 0, 1: precisions 1, 1, 0/1; recalls 1/2, 1, 0/0 = 0; F1 2/3, 1, 0.
        double[] probabilities = {.8, .1, .1, .1, .2, .7, .1, .8, .1};
        Scores scores = Scores.ofClasses(probabilities, 3, new int[] {0, 0, 1});
        assertEquals(2 / 3.0, scores.value(Metric.PRECISION), TINY);
        assertEquals(0.5, scores.value(Metric.RECALL), TINY);
        assertEquals(5 / 9.0, scores.value(Metric.F1), TINY);
        assertEquals(0.75, scores.value(Metric.BALANCED_ACCURACY), TINY); // over the classes that have rows
    }

    @Test
    void areaOfASingleClassIsUndefined() {
        assertTrue(Double.isNaN(
                Scores.ofClasses(binary(.1, .2), 2, new int[] {0, 0}).value(Metric.ROC_AUC)));
        double[] probabilities = {.8, .1, .1, .7, .2, .1};
        assertTrue(Double.isNaN(
                Scores.ofClasses(probabilities, 3, new int[] {2, 2}).value(Metric.ROC_AUC)));
    }

    @Test
    void areaIsTheShareOfPairsInOrder() {
        // The definition, pair by pair, with many ties; and it does not change under a growing function of the scores.
        for (int seed = 0; seed < 50; seed++) {
            Rng rng = Rng.of(seed);
            int n = 3 + rng.intAt(0, 60);
            double[] scores = new double[n];
            double[] squared = new double[n];
            int[] labels = new int[n];
            for (int i = 0; i < n; i++) {
                scores[i] = rng.intAt(100 + i, 8) / 8.0;
                squared[i] = scores[i] * scores[i];
                labels[i] = i < 2 ? i : rng.intAt(200 + i, 2);
            }
            double wins = 0;
            int pairs = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (labels[i] == 1 && labels[j] == 0) {
                        pairs++;
                        wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    }
                }
            }
            double area = Scores.ofClasses(binary(scores), 2, labels).value(Metric.ROC_AUC);
            assertEquals(wins / pairs, area, TINY, "seed " + seed);
            assertEquals(
                    area, Scores.ofClasses(binary(squared), 2, labels).value(Metric.ROC_AUC), TINY, "seed " + seed);
        }
    }

    @Test
    void orderOfRowsDoesNotMatter() {
        for (int seed = 0; seed < 20; seed++) {
            Rng rng = Rng.of(seed);
            int n = 40;
            float[] probabilities = new float[3 * n];
            int[] labels = new int[n];
            int[] order = rng.child("order").permutation(n);
            float[] moved = new float[3 * n];
            int[] movedLabels = new int[n];
            for (int i = 0; i < n; i++) {
                double a = rng.doubleAt(2L * i);
                double b = (1 - a) * rng.doubleAt(2L * i + 1);
                probabilities[3 * i] = (float) a;
                probabilities[3 * i + 1] = (float) b;
                probabilities[3 * i + 2] = (float) (1 - a - b);
                labels[i] = i % 3;
            }
            for (int i = 0; i < n; i++) {
                System.arraycopy(probabilities, 3 * order[i], moved, 3 * i, 3);
                movedLabels[i] = labels[order[i]];
            }
            Scores expected = Scores.ofClasses(probabilities, 3, labels);
            Scores actual = Scores.ofClasses(moved, 3, movedLabels);
            for (Metric metric : Metric.of(Task.CLASSIFICATION)) {
                assertEquals(expected.value(metric), actual.value(metric), TINY, "seed " + seed + " " + metric);
            }
        }
    }

    @Test
    void certainMistakesHaveAFiniteLoss() {
        // -ln 1e-15 = 15 ln 10 for the mistake, -ln(1 - 1e-15) for the other row.
        Scores scores = Scores.ofClasses(binary(1, 1), 2, new int[] {0, 1});
        assertEquals((15 * Math.log(10) + 1e-15) / 2, scores.value(Metric.LOG_LOSS), 1e-12);
    }

    @Test
    void equalProbabilitiesPredictTheFirstClass() {
        assertEquals(1, Scores.ofClasses(binary(.5), 2, new int[] {0}).value(Metric.ACCURACY));
        assertEquals(0, Scores.ofClasses(binary(.5), 2, new int[] {1}).value(Metric.ACCURACY));
    }

    @Test
    void constantTargetsHaveAnR2OfOneOrZero() {
        assertEquals(
                1, Scores.ofValues(new double[] {2, 2}, new double[] {2, 2}).value(Metric.R2));
        assertEquals(
                0, Scores.ofValues(new double[] {2, 3}, new double[] {2, 2}).value(Metric.R2));
        assertEquals(
                0, Scores.ofValues(new double[] {2, 2}, new double[] {1, 3}).value(Metric.R2), TINY);
    }

    @Test
    void predictionsOfNaNMakeEveryMetricNaN() {
        Scores classes = Scores.ofClasses(binary(.1, Double.NaN), 2, new int[] {0, 1});
        Scores values = Scores.ofValues(new double[] {1, Double.NaN}, new double[] {1, 2});
        classes.values().forEach((metric, value) -> assertTrue(Double.isNaN(value), metric.label()));
        values.values().forEach((metric, value) -> assertTrue(Double.isNaN(value), metric.label()));
        assertEquals(7, classes.values().size());
        assertEquals(3, values.values().size());
    }

    @Test
    void scoresAreInTheOrderOfTheMetrics() {
        Scores scores = Scores.ofClasses(binary(.1, .9), 2, new int[] {0, 1});
        assertArrayEquals(
                Metric.of(Task.CLASSIFICATION).toArray(),
                new ArrayList<>(scores.values().keySet()).toArray());
        assertEquals(2, scores.rows());
        assertEquals(Task.CLASSIFICATION, scores.task());
    }

    @Test
    void sizesLabelsAndMetricsThatDoNotFitAreRefused() {
        assertEquals(
                "scores: probabilities must be rows times classes, at least 1 times 2, got 3 for 2 rows of 2 classes",
                assertThrows(IllegalArgumentException.class, () -> Scores.ofClasses(new double[3], 2, new int[] {0, 1}))
                        .getMessage());
        assertEquals(
                "scores: labels must be 0 to 1, got 2",
                assertThrows(IllegalArgumentException.class, () -> Scores.ofClasses(new double[4], 2, new int[] {0, 2}))
                        .getMessage());
        assertEquals(
                "scores: predictions must be as many as targets, at least 1, got 1 for 2",
                assertThrows(IllegalArgumentException.class, () -> Scores.ofValues(new double[1], new double[2]))
                        .getMessage());
        Scores scores = Scores.ofValues(new double[] {1}, new double[] {2});
        assertEquals(
                "scores: must be asked for one of [rmse, mae, r2], got f1",
                assertThrows(IllegalArgumentException.class, () -> scores.value(Metric.F1))
                        .getMessage());
    }
}
