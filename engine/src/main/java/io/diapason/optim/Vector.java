package io.diapason.optim;

import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Shape;

/** Plain linear algebra in a fixed order. */
final class Vector {
    private final double[] values;

    /** A vector over an array, which belongs to it. */
    Vector(double[] values) {
        this.values = values;
    }

    static Vector zeros(int n) {
        return new Vector(new double[n]);
    }

    static Vector copyOf(HeapTensor tensor) {
        return new Vector(((double[]) tensor.values()).clone());
    }

    HeapTensor toTensor() {
        return HeapTensor.wrap(DType.FLOAT64, Shape.of(values.length), values.clone());
    }

    double at(int i) {
        return values[i];
    }

    void copyTo(double[] target, int from) {
        System.arraycopy(values, 0, target, from, values.length);
    }

    double dot(Vector other) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * other.values[i];
        }
        return sum;
    }

    Vector times(double factor) {
        double[] product = new double[values.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = factor * values[i];
        }
        return new Vector(product);
    }

    /** this + factor · other. */
    Vector plus(double factor, Vector other) {
        Vector sum = new Vector(values.clone());
        sum.add(factor, other);
        return sum;
    }

    /** this += factor · other. */
    void add(double factor, Vector other) {
        for (int i = 0; i < values.length; i++) {
            values[i] += factor * other.values[i];
        }
    }

    double sumOfAbsolutes() {
        double sum = 0;
        for (double value : values) {
            sum += Math.abs(value);
        }
        return sum;
    }

    /** The greatest absolute; NaN when there is one, 0 of nothing. */
    double largest() {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
