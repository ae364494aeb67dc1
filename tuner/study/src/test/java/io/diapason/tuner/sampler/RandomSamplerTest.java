package io.diapason.tuner.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.trial.Direction;
import io.diapason.tuner.trial.History;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomSamplerTest extends SamplerContract {
    private static final History NONE = History.none(Direction.MINIMIZE);

    @Override
    Sampler sampler() {
        return new RandomSampler();
    }

    @Test
    void anotherParameterChangesNoOther() {
        SearchSpace more = SearchSpace.define(s -> {
            s.floating("weight_decay", 0, 1);
            s.integer("y", 0, 5);
            s.integer("x", 0, 5);
        });
        for (int n = 0; n < 100; n++) {
            Params few = draw(TestSpaces.SMALL, 4, n);
            Params many = draw(more, 4, n);
            assertEquals(few.value("x"), many.value("x"));
            assertEquals(few.value("y"), many.value("y"));
        }
    }

    @Test
    void drawsFollowThePriors() {
        // Chi-square of 3 choices with weights 3:1:2 has 2 degrees of freedom, of 4 layers and of 4 quarters of ln(lr)
        // 3: above 13.8 and 16.3 with probability 0.001 each; the seed is fixed, so never flaky.
        int trials = 6000;
        double[] activation = new double[3];
        double[] layers = new double[4];
        double[] lr = new double[4];
        for (int n = 0; n < trials; n++) {
            Params params = draw(TestSpaces.FLAT, 9, n);
            activation[
                    switch (params.text("activation")) {
                        case "relu" -> 0;
                        case "tanh" -> 1;
                        default -> 2;
                    }]++;
            layers[params.integer("layers") - 1]++;
            lr[(int) Math.min(3, 4 * Math.log(params.floating("lr") / 1e-4) / Math.log(1000))]++;
        }
        assertTrue(chiSquare(activation, 3000, 1000, 2000) < 13.8);
        assertTrue(chiSquare(layers, 1500, 1500, 1500, 1500) < 16.3);
        assertTrue(chiSquare(lr, 1500, 1500, 1500, 1500) < 16.3);
    }

    @Test
    void parametersAndTrialsAreIndependent() {
        // x and y of one trial, and x of neighbouring trials: 36 cells of known share, 35 degrees of freedom; above
        // 66.6
        // with probability 0.001 each; the seed is fixed, so never flaky.
        int trials = 7200;
        double[] pairs = new double[36];
        double[] neighbours = new double[36];
        double[] expected = new double[36];
        Arrays.fill(expected, trials / 36.0);
        for (int n = 0; n < trials; n++) {
            Params params = draw(TestSpaces.SMALL, 2, n);
            pairs[params.integer("x") * 6 + params.integer("y")]++;
            neighbours[
                    params.integer("x") * 6 + draw(TestSpaces.SMALL, 2, n + 1).integer("x")]++;
        }
        assertTrue(chiSquare(pairs, expected) < 66.6);
        assertTrue(chiSquare(neighbours, expected) < 66.6);
    }

    private static Params draw(SearchSpace space, long seed, int number) {
        return new RandomSampler().suggest(space, NONE, seed, number).orElseThrow();
    }

    private static double chiSquare(double[] counts, double... expected) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += Math.pow(counts[i] - expected[i], 2) / expected[i];
        }
        return sum;
    }
}
