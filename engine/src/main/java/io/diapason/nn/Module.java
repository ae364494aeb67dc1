package io.diapason.nn;

import io.diapason.tensor.Tensor;
import java.util.List;

/** A differentiable function with parameters. */
public interface Module {
    /**
     * Maps a batch.
     *
     * @param x {@code [batch, in]}
     * @param pass training or inference
     * @return {@code [batch, out]}, owned by the innermost open scope
     */
    Tensor forward(Tensor x, Pass pass);

    /**
     * What an optimiser may change, in a fixed order with names that are unique within the module.
     *
     * @return the parameters
     */
    List<Parameter> parameters();
}
