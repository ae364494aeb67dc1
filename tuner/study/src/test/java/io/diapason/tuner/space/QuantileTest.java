package io.diapason.tuner.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class QuantileTest {
    /** Parameters of every kind, drawn at random. */
    private static List<Parameter> parameters(long seed, int count) {
        Rng rng = Rng.of(seed);
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Rng one = rng.child(i);
            boolean log = one.intAt(0, 2) == 0;
            double low = log ? StrictMath.exp(10 * one.gaussianAt(1)) : 100 * one.gaussianAt(1);
            double width = StrictMath.exp(4 * one.gaussianAt(2));
            double high = log ? low * (1 + width) : low + width;
            boolean normal = one.intAt(3, 2) == 0;
            Prior prior = normal
                    ? new Prior.Normal(low + one.doubleAt(4) * (high - low), StrictMath.exp(3 * one.gaussianAt(5)))
                    : Prior.UNIFORM;
            parameters.add(new FloatParameter("f", low, high, log, null, null, prior, List.of()));
            double step = log ? low * one.doubleAt(6) : StrictMath.exp(one.gaussianAt(6));
            double top = low + step * one.intAt(7, 50);
            parameters.add(new FloatParameter("s", low, top, log, step, null, Prior.UNIFORM, List.of()));
            long from = log ? 1 + one.intAt(8, 1000) : one.intAt(8, 1000) - 500;
            long by = log ? 1 + one.intAt(9, 2) * (from / 2) : 1 + one.intAt(9, 9);
            long to = from + by * one.intAt(10, 1000);
            Prior whole = normal ? new Prior.Normal(from + one.doubleAt(4) * (to - from), 5) : Prior.UNIFORM;
            parameters.add(new IntParameter("i", from, to, log, by, null, whole, List.of()));
        }
        return parameters;
    }

    @Test
    void valuesRiseFromLowToHighAndAreValuesOfTheParameter() {
        long seed = 20;
        for (Parameter parameter : parameters(seed, 60)) {
            double before = Double.NEGATIVE_INFINITY;
            for (int i = 0; i <= 200; i++) {
                Value value = parameter.atQuantile(i / 200.0);
                assertEquals(value, parameter.accept(value), "seed " + seed + ", " + parameter);
                double number = ((Value.Numeric) value).asDouble();
                assertTrue(number >= before, "seed " + seed + ", " + parameter + " falls at " + i / 200.0);
                before = number;
            }
            double low = parameter instanceof FloatParameter f ? f.low() : ((IntParameter) parameter).low();
            double high = parameter instanceof FloatParameter f ? f.high() : ((IntParameter) parameter).high();
            assertEquals(low, ((Value.Numeric) parameter.atQuantile(0)).asDouble(), "seed " + seed + ", " + parameter);
            assertEquals(high, before, "seed " + seed + ", " + parameter);
        }
    }

    @Test
    void logRangesAreUniformInTheLogarithm() {
        Parameter lr = new FloatParameter("lr", 1e-4, 1e-1, true, null, null, Prior.UNIFORM, List.of());
        assertEquals(1e-3, number(lr, 1 / 3.0), 1e-15);
        assertEquals(1e-2, number(lr, 2 / 3.0), 1e-14);
    }

    @Test
    void everyIntegerOfALogRangeHasTheShareOfItsCell() {
        // P(k) = ln((k + 1/2) / (k - 1/2)) / ln((high + 1/2) / (low - 1/2)); a fine sweep of u sees it within 1e-5.
        Parameter layers = new IntParameter("layers", 1, 6, true, 1, null, Prior.UNIFORM, List.of());
        int sweep = 1_000_000;
        TreeMap<Long, Integer> counts = new TreeMap<>();
        for (int i = 0; i < sweep; i++) {
            counts.merge(((Value.Integral) layers.atQuantile((i + 0.5) / sweep)).number(), 1, Integer::sum);
        }
        for (long k = 1; k <= 6; k++) {
            assertEquals(Math.log((k + 0.5) / (k - 0.5)) / Math.log(6.5 / 0.5), counts.get(k) / (double) sweep, 1e-5);
        }
    }

    @Test
    void everyIntegerAndStepOfAUniformRangeHasTheSameShare() {
        Parameter step = new FloatParameter("x", -0.3, 0.3, false, 0.1, null, Prior.UNIFORM, List.of());
        Parameter whole = new IntParameter("n", -5, 15, false, 5, null, Prior.UNIFORM, List.of());
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 70_000; i++) {
            counts.merge(step.atQuantile((i + 0.5) / 70_000).toJson(), 1, Integer::sum);
        }
        for (int i = 0; i < 50_000; i++) {
            counts.merge(whole.atQuantile((i + 0.5) / 50_000).toJson(), 1, Integer::sum);
        }
        // Sums of decimals are decimals: 0.1, not 0.09999999999999998.
        assertEquals(
                List.of("-0.1", "-0.2", "-0.3", "-5", "0", "0.0", "0.1", "0.2", "0.3", "10", "15", "5"),
                List.copyOf(counts.keySet()));
        counts.forEach((value, count) -> assertEquals(10_000, count, 1, value));
    }

    @Test
    void normalPriorIsTheTruncatedNormal() {
        // F(x) = (Φ((x-m)/s) - Φ((low-m)/s)) / (Φ((high-m)/s) - Φ((low-m)/s)); F(quantile(u)) = u.
        NormalDistribution normal = new NormalDistribution(null, 0.9, 0.2);
        Parameter momentum = new FloatParameter("m", 0, 0.99, false, null, null, new Prior.Normal(0.9, 0.2), List.of());
        double below = normal.cumulativeProbability(0);
        double mass = normal.cumulativeProbability(0.99) - below;
        for (double u = 0.001; u < 1; u += 0.037) {
            assertEquals(u, (normal.cumulativeProbability(number(momentum, u)) - below) / mass, 1e-9);
        }
        Parameter lr =
                new FloatParameter("lr", 1e-6, 1, true, null, null, new Prior.Normal(1e-3, Math.log(10)), List.of());
        assertEquals(1e-3, number(lr, 0.5), 1e-12);
        // One sd up is a factor of ten: Φ(1) = 0.8413447, and the range cuts off Φ(-3) = 0.0013499 at either end.
        double u = (0.841344746068543 - 0.001349898031630) / (1 - 2 * 0.001349898031630);
        assertEquals(1e-2, number(lr, u), 1e-9);
    }

    @Test
    void weightsAreShares() {
        Parameter choice = new CategoricalParameter(
                "c", List.of(Value.of("a"), Value.of("b"), Value.of("c")), List.of(1.0, 2.0, 1.0), List.of());
        assertEquals("a", choice.atQuantile(0).toText());
        assertEquals("a", choice.atQuantile(0.2499).toText());
        assertEquals("b", choice.atQuantile(0.25).toText());
        assertEquals("b", choice.atQuantile(0.7499).toText());
        assertEquals("c", choice.atQuantile(0.75).toText());
        assertEquals("c", choice.atQuantile(1).toText());
        Parameter equal = new CategoricalParameter("c", List.of(Value.of(1), Value.of(2)), List.of(), List.of());
        assertEquals("1", equal.atQuantile(0.4999).toText());
        assertEquals("2", equal.atQuantile(0.5).toText());
        assertEquals("2", equal.atQuantile(1).toText());
    }

    @Test
    void quantilesOutsideTheirRangeAreRefused() {
        Parameter choice = new CategoricalParameter("c", List.of(Value.of(1)), List.of(), List.of());
        for (double u : new double[] {-0.1, 1.1, Double.NaN}) {
            assertEquals(
                    "parameter c: quantile must lie between 0 and 1, got " + u,
                    assertThrows(IllegalArgumentException.class, () -> choice.atQuantile(u))
                            .getMessage());
        }
    }

    @Test
    void gridPointsReachFromLowToHigh() {
        SearchSpace space = SearchSpace.define(s -> {
            s.floating("lr", 1e-4, 1e-1).log().grid(4);
            s.floating("dropout", 0, 0.5);
            s.integer("units", 16, 512).log();
            s.integer("layers", 1, 16);
            s.integer("epochs", 1, 17);
            s.integer("width", 8, 64).step(8);
            s.integer("all", 1, 20).grid(99);
            s.floating("rate", 0, 0.4).step(0.1);
            s.floating("middle", 1, 100).log().grid(1);
            s.floating("fixed", 3, 3);
            s.floating("normal", 0, 10).normal(5, 1).grid(3);
            s.choice("optimizer", "adam", "sgd");
        });
        assertEquals("[1e-4, 0.001, 0.01, 0.1]", points(space, "lr"));
        assertEquals("[0.0, 0.125, 0.25, 0.375, 0.5]", points(space, "dropout"));
        assertEquals("[16, 38, 91, 215, 512]", points(space, "units"));
        assertEquals("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]", points(space, "layers"));
        assertEquals("[1, 5, 9, 13, 17]", points(space, "epochs"));
        assertEquals("[8, 16, 24, 32, 40, 48, 56, 64]", points(space, "width"));
        assertEquals(20, space.parameter("all").orElseThrow().gridPoints().size());
        assertEquals("[0.0, 0.1, 0.2, 0.3, 0.4]", points(space, "rate"));
        assertEquals(10, number(space.parameter("middle").orElseThrow(), 0.5), 1e-12);
        assertEquals(1, space.parameter("middle").orElseThrow().gridPoints().size());
        assertEquals("[3.0]", points(space, "fixed"));
        assertEquals("[0.0, 5.0, 10.0]", points(space, "normal"));
        assertEquals("[adam, sgd]", points(space, "optimizer"));
    }

    private static String points(SearchSpace space, String name) {
        return space.parameter(name).orElseThrow().gridPoints().stream()
                .map(Value::toText)
                .toList()
                .toString();
    }

    private static double number(Parameter parameter, double u) {
        return ((Value.Numeric) parameter.atQuantile(u)).asDouble();
    }
}
