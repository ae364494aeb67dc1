package io.diapason.optim;

import static io.diapason.optim.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The numbers of the optimisers: defaults, changes, ranges. */
class ConfigTest {
    @Test
    void shortFormsHaveThePublishedNumbers() {
        assertEquals(new Sgd(0.1, 0, 0, false, 0), new Sgd(0.1));
        assertEquals(new Sgd(0.1, 0.9, 0, true, 0.01), new Sgd(0.1, 0.9, true, 0.01));
        assertEquals(new Adam(0.1, 0.9, 0.999, 1e-8, 0, false), new Adam(0.1));
        assertEquals(new Adam(0.1, 0.8, 0.9, 1e-6, 0.2, false), new Adam(0.1, 0.8, 0.9, 1e-6, 0.2));
        assertEquals(new NAdam(0.1, 0.9, 0.999, 1e-8, 0, 4e-3), new NAdam(0.1));
        assertEquals(new RAdam(0.1, 0.9, 0.999, 1e-8, 0), new RAdam(0.1));
        assertEquals(new RmsProp(0.1, 0.99, 1e-8, 0, 0, false), new RmsProp(0.1));
        assertEquals(new RmsProp(0.1, 0.9, 1e-6, 0.5, 0.2, false), new RmsProp(0.1, 0.9, 1e-6, 0.5, 0.2));
        assertEquals(new Adagrad(0.1, 0, 0, 1e-10, 0), new Adagrad(0.1));
        assertEquals(new Lbfgs(1, 20, 25, 1e-7, 1e-9, 100, true), new Lbfgs(1));
    }

    @Test
    void oneNumberCanBeChangedAtATime() {
        assertEquals(
                new Sgd(1, 0.9, 0.2, false, 0.3),
                new Sgd(0.1)
                        .withLearningRate(1)
                        .withMomentum(0.9)
                        .withDampening(0.2)
                        .withWeightDecay(0.3));
        assertEquals(new Sgd(0.1, 0.9, true, 0), new Sgd(0.1).withMomentum(0.9).withNesterov(true));
        assertEquals(
                new Adam(1, 0.2, 0.3, 0.4, 0.5, true),
                new Adam(0.1)
                        .withLearningRate(1)
                        .withBeta1(0.2)
                        .withBeta2(0.3)
                        .withEpsilon(0.4)
                        .withWeightDecay(0.5)
                        .withAmsgrad(true));
        assertEquals(
                new NAdam(1, 0.2, 0.3, 0.4, 0.5, 0.6),
                new NAdam(0.1)
                        .withLearningRate(1)
                        .withBeta1(0.2)
                        .withBeta2(0.3)
                        .withEpsilon(0.4)
                        .withWeightDecay(0.5)
                        .withMomentumDecay(0.6));
        assertEquals(
                new RAdam(1, 0.2, 0.3, 0.4, 0.5),
                new RAdam(0.1)
                        .withLearningRate(1)
                        .withBeta1(0.2)
                        .withBeta2(0.3)
                        .withEpsilon(0.4)
                        .withWeightDecay(0.5));
        assertEquals(
                new RmsProp(1, 0.2, 0.3, 0.4, 0.5, true),
                new RmsProp(0.1)
                        .withLearningRate(1)
                        .withAlpha(0.2)
                        .withEpsilon(0.3)
                        .withMomentum(0.4)
                        .withWeightDecay(0.5)
                        .withCentered(true));
        assertEquals(
                new Adagrad(1, 0.2, 0.3, 0.4, 0.5),
                new Adagrad(0.1)
                        .withLearningRate(1)
                        .withLearningRateDecay(0.2)
                        .withInitialAccumulator(0.3)
                        .withEpsilon(0.4)
                        .withWeightDecay(0.5));
        assertEquals(
                new Lbfgs(0.5, 2, 3, 0.4, 0.5, 6, false),
                new Lbfgs(1)
                        .withLearningRate(0.5)
                        .withIterations(2)
                        .withEvaluations(3)
                        .withGradientTolerance(0.4)
                        .withChangeTolerance(0.5)
                        .withHistory(6)
                        .withLineSearch(false));
    }

    @Test
    void numbersOfSgdOutOfRangeAreRefused() {
        assertRefused("sgd: learningRate must be above 0 and finite, got 0.0", () -> new Sgd(0));
        assertRefused("sgd: learningRate must be above 0 and finite, got NaN", () -> new Sgd(Double.NaN));
        assertRefused("sgd: momentum must be at least 0 and below 1, got 1.0", () -> new Sgd(1, 1, false, 0));
        assertRefused("sgd: dampening must be from 0 to 1, got 1.5", () -> new Sgd(1, 0.5, 1.5, false, 0));
        assertRefused("sgd: weightDecay must be at least 0 and finite, got -1.0", () -> new Sgd(1, 0, false, -1));
        assertRefused(
                "sgd: nesterov needs a momentum above 0 and no dampening, got momentum 0.0 and dampening 0.0",
                () -> new Sgd(1, 0, true, 0));
        assertRefused(
                "sgd: nesterov needs a momentum above 0 and no dampening, got momentum 0.9 and dampening 0.1",
                () -> new Sgd(1, 0.9, 0.1, true, 0));
    }

    @Test
    void numbersOfAdamAndItsRelativesOutOfRangeAreRefused() {
        assertRefused(
                "adam: learningRate must be above 0 and finite, got Infinity",
                () -> new Adam(Double.POSITIVE_INFINITY));
        assertRefused("adam: beta1 must be at least 0 and below 1, got 1.0", () -> new Adam(1).withBeta1(1));
        assertRefused("adam: beta2 must be at least 0 and below 1, got -0.1", () -> new Adam(1).withBeta2(-0.1));
        assertRefused("adam: epsilon must be above 0 and finite, got 0.0", () -> new Adam(1).withEpsilon(0));
        assertRefused(
                "adam: weightDecay must be at least 0 and finite, got NaN",
                () -> new Adam(1).withWeightDecay(Double.NaN));
        assertRefused("nadam: learningRate must be above 0 and finite, got -1.0", () -> new NAdam(-1));
        assertRefused("nadam: beta1 must be at least 0 and below 1, got 1.0", () -> new NAdam(1).withBeta1(1));
        assertRefused("nadam: beta2 must be at least 0 and below 1, got 1.0", () -> new NAdam(1).withBeta2(1));
        assertRefused("nadam: epsilon must be above 0 and finite, got 0.0", () -> new NAdam(1).withEpsilon(0));
        assertRefused(
                "nadam: weightDecay must be at least 0 and finite, got -1.0", () -> new NAdam(1).withWeightDecay(-1));
        assertRefused(
                "nadam: momentumDecay must be at least 0 and finite, got -1.0",
                () -> new NAdam(1).withMomentumDecay(-1));
        assertRefused("radam: learningRate must be above 0 and finite, got 0.0", () -> new RAdam(0));
        assertRefused("radam: beta1 must be at least 0 and below 1, got 1.0", () -> new RAdam(1).withBeta1(1));
        assertRefused("radam: beta2 must be at least 0 and below 1, got 1.0", () -> new RAdam(1).withBeta2(1));
        assertRefused("radam: epsilon must be above 0 and finite, got 0.0", () -> new RAdam(1).withEpsilon(0));
        assertRefused(
                "radam: weightDecay must be at least 0 and finite, got -1.0", () -> new RAdam(1).withWeightDecay(-1));
    }

    @Test
    void numbersOfRmsPropAndAdagradOutOfRangeAreRefused() {
        assertRefused("rmsprop: learningRate must be above 0 and finite, got 0.0", () -> new RmsProp(0));
        assertRefused(
                "rmsprop: alpha must be at least 0 and below 1, got NaN", () -> new RmsProp(1).withAlpha(Double.NaN));
        assertRefused("rmsprop: epsilon must be above 0 and finite, got -1.0", () -> new RmsProp(1).withEpsilon(-1));
        assertRefused(
                "rmsprop: momentum must be at least 0 and below 1, got 1.5", () -> new RmsProp(1).withMomentum(1.5));
        assertRefused(
                "rmsprop: weightDecay must be at least 0 and finite, got -1.0",
                () -> new RmsProp(1).withWeightDecay(-1));
        assertRefused("adagrad: learningRate must be above 0 and finite, got 0.0", () -> new Adagrad(0));
        assertRefused(
                "adagrad: learningRateDecay must be at least 0 and finite, got -1.0",
                () -> new Adagrad(1).withLearningRateDecay(-1));
        assertRefused(
                "adagrad: initialAccumulator must be at least 0 and finite, got -1.0",
                () -> new Adagrad(1).withInitialAccumulator(-1));
        assertRefused("adagrad: epsilon must be above 0 and finite, got 0.0", () -> new Adagrad(1).withEpsilon(0));
        assertRefused(
                "adagrad: weightDecay must be at least 0 and finite, got -1.0",
                () -> new Adagrad(1).withWeightDecay(-1));
    }

    @Test
    void numbersOfLbfgsOutOfRangeAreRefused() {
        assertRefused("lbfgs: learningRate must be above 0 and finite, got 0.0", () -> new Lbfgs(0));
        assertRefused("lbfgs: iterations must be at least 1, got 0", () -> new Lbfgs(1).withIterations(0));
        assertRefused("lbfgs: evaluations must be at least 1, got 0", () -> new Lbfgs(1).withEvaluations(0));
        assertRefused(
                "lbfgs: gradientTolerance must be at least 0 and finite, got -1.0",
                () -> new Lbfgs(1).withGradientTolerance(-1));
        assertRefused(
                "lbfgs: changeTolerance must be at least 0 and finite, got NaN",
                () -> new Lbfgs(1).withChangeTolerance(Double.NaN));
        assertRefused("lbfgs: history must be at least 1, got 0", () -> new Lbfgs(1).withHistory(0));
    }
}
