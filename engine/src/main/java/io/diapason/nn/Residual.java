package io.diapason.nn;

import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Tensor;

/**
 * {@code y = x + f(x)}. Source: He et al. 2016, «Deep residual learning», equation 1.
 *
 * @param inner f, which keeps the shape
 */
public record Residual(Module inner) implements Module {
    /**
     * Several modules one after another as f.
     *
     * @param modules each takes what the one before gives; together they keep the shape
     */
    public Residual(Module... modules) {
        this(new Sequential(modules));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor y = inner.forward(x, pass);
        if (!y.shape().equals(x.shape())) {
            throw new ShapeException(
                    "residual", "the inner module must keep the shape", y.shape() + " of " + x.shape());
        }
        return x.plus(y);
    }

    @Override
    public Parts parts() {
        return Parts.of("inner", inner);
    }
}
