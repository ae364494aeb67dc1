package io.diapason.optim;

import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The last changes of parameters (s) and gradient (y): an approximation of the inverse Hessian. Source: Nocedal and
 * Wright 2006, algorithm 7.4 (two loops), equation 7.20 (scale).
 */
final class LbfgsMemory {
    private static final double LEAST_CURVATURE = 1e-10; // of changes worth remembering, as in PyTorch

    private static final String Y = "history.y";
    private static final String S = "history.s";
    private static final String RHO = "history.rho";
    private static final String SCALE = "history.scale";

    /** What has another shape in each state. */
    static final List<String> VARYING = List.of(Y, S, RHO);

    private final int capacity;
    private final int elements;
    private final List<Pair> pairs = new ArrayList<>();
    private double scale = 1;

    private record Pair(Vector y, Vector s, double rho) {}

    LbfgsMemory(int capacity, int elements) {
        this.capacity = capacity;
        this.elements = elements;
    }

    /** Remembers a change, unless the curvature along it is not positive. */
    void add(Vector y, Vector s) {
        double curvature = y.dot(s);
        if (!(curvature > LEAST_CURVATURE)) {
            return;
        }
        if (pairs.size() == capacity) {
            pairs.remove(0);
        }
        pairs.add(new Pair(y, s, 1 / curvature));
        scale = curvature / y.dot(y);
    }

    /** −H g. */
    Vector direction(Vector gradient) {
        Vector rest = gradient.times(-1);
        double[] alphas = new double[pairs.size()];
        for (int i = pairs.size() - 1; i >= 0; i--) {
            Pair pair = pairs.get(i);
            alphas[i] = pair.s.dot(rest) * pair.rho;
            rest.add(-alphas[i], pair.y);
        }
        Vector direction = rest.times(scale);
        for (int i = 0; i < alphas.length; i++) {
            Pair pair = pairs.get(i);
            double beta = pair.y.dot(direction) * pair.rho;
            direction.add(alphas[i] - beta, pair.s);
        }
        return direction;
    }

    void into(Map<String, HeapTensor> state) {
        double[] y = new double[Math.multiplyExact(pairs.size(), elements)];
        double[] s = new double[y.length];
        double[] rho = new double[pairs.size()];
        for (int i = 0; i < rho.length; i++) {
            pairs.get(i).y.copyTo(y, i * elements);
            pairs.get(i).s.copyTo(s, i * elements);
            rho[i] = pairs.get(i).rho;
        }
        Shape shape = Shape.of(rho.length, elements);
        state.put(Y, HeapTensor.wrap(DType.FLOAT64, shape, y));
        state.put(S, HeapTensor.wrap(DType.FLOAT64, shape, s));
        state.put(RHO, HeapTensor.wrap(DType.FLOAT64, Shape.of(rho.length), rho));
        state.put(SCALE, HeapTensor.of(scale));
    }

    /** What must hold of the names that a state was found to have, before {@link #restore} reads it. */
    void check(String op, Map<String, HeapTensor> state) {
        HeapTensor rho = States.get(state, RHO);
        int count = rho.shape().rank() == 1 ? rho.shape().size(0) : -1;
        if (count < 0 || count > capacity || rho.dtype() != DType.FLOAT64) {
            throw new IllegalArgumentException(
                    op + ": " + RHO + " of a state must be float64 [n] with n at most " + capacity + ", got " + rho);
        }
        for (String name : List.of(Y, S)) {
            HeapTensor history = States.get(state, name);
            if (history.dtype() != DType.FLOAT64 || !history.shape().equals(Shape.of(count, elements))) {
                throw new IllegalArgumentException(op + ": " + name + " of a state must be float64 "
                        + Shape.of(count, elements) + ", got " + history);
            }
        }
    }

    void restore(Map<String, HeapTensor> state) {
        double[] y = (double[]) States.get(state, Y).values();
        double[] s = (double[]) States.get(state, S).values();
        double[] rho = (double[]) States.get(state, RHO).values();
        pairs.clear();
        for (int i = 0; i < rho.length; i++) {
            pairs.add(new Pair(row(y, i), row(s, i), rho[i]));
        }
        scale = States.get(state, SCALE).asDouble();
    }

    private Vector row(double[] rows, int i) {
        return new Vector(Arrays.copyOfRange(rows, i * elements, (i + 1) * elements));
    }
}
