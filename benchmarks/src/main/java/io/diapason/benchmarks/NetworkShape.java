package io.diapason.benchmarks;

import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.tensor.Shape;
import java.util.List;

/** The perceptrons that steps are measured on, from one that is all overhead to one that is all products. */
public enum NetworkShape {
    /** 16-64-64-2, batches of 32. */
    A(16, 64, 2, 32),
    /** 64-128-128-10, batches of 64. */
    B(64, 128, 10, 64),
    /** 64-256-256-10, batches of 128. */
    C(64, 256, 10, 128),
    /** 784-512-512-10, batches of 128. */
    D(784, 512, 10, 128),
    /** 1024-2048-2048-1000, batches of 256. */
    E(1024, 2048, 1000, 256);

    private final int in;
    private final int hidden;
    private final int out;
    private final int batch;

    NetworkShape(int in, int hidden, int out, int batch) {
        this.in = in;
        this.hidden = hidden;
        this.out = out;
        this.batch = batch;
    }

    /**
     * Columns of the input.
     *
     * @return at least 1
     */
    public int in() {
        return in;
    }

    /**
     * Units of each of the two hidden layers.
     *
     * @return at least 1
     */
    public int hidden() {
        return hidden;
    }

    /**
     * Classes.
     *
     * @return at least 2
     */
    public int out() {
        return out;
    }

    /**
     * Rows of a step.
     *
     * @return at least 1
     */
    public int batch() {
        return batch;
    }

    /**
     * The layers' widths.
     *
     * @return such as {@code 16-64-64-2 x 32}, the batch last
     */
    public String text() {
        return in + "-" + hidden + "-" + hidden + "-" + out + " x " + batch;
    }

    Shape input(int rows) {
        return Shape.of(rows, in);
    }

    Shape target(int rows) {
        return Shape.of(rows);
    }

    Mlp.Config config(Activation activation, double dropout) {
        return new Mlp.Config(in, List.of(hidden, hidden), out, activation, dropout);
    }

    /** Of the products alone: each weight is used forward, for its gradient and, but for the first, for its input's. */
    double flopsOfStep() {
        double first = (double) in * hidden;
        double others = (double) hidden * hidden + (double) hidden * out;
        return 2.0 * batch * (2 * first + 3 * others);
    }
}
