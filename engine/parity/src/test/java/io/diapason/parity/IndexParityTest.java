package io.diapason.parity;

import static io.diapason.parity.Computation.binary;
import static io.diapason.parity.Computation.nary;
import static io.diapason.parity.Computation.unary;

import io.diapason.op.Index;
import io.diapason.parity.torch.Torch;
import io.diapason.parity.torch.TorchTensor;
import io.diapason.tensor.DType;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexParityTest {
    @Test
    void elementsChosenAndPutTogether() {
        Family.run("index", (family, drawn) -> {
            int kind = drawn.kind(5);
            int[] shape = kind < 2 ? drawn.positiveShape(1, 4) : drawn.shape(kind == 4 ? 0 : 1, 3);
            int rank = shape.length;
            int at = rank == 0 ? 0 : drawn.between(0, rank - 1);
            int axis = drawn.axis(at, rank);
            switch (kind) {
                case 0 ->
                    family.compare(
                            drawn,
                            "indexSelect along " + axis,
                            List.of(drawn.floats(shape), drawn.indices(shape[at], drawn.between(0, 20))),
                            binary(
                                    (x, index) -> Index.indexSelect(x, axis, index),
                                    (x, index) -> Torch.indexSelect(x, axis, index)));
                case 1 -> {
                    int[] places = new int[rank];
                    Arrays.setAll(places, i -> i == at ? drawn.between(0, 9) : drawn.between(0, shape[i]));
                    family.compare(
                            drawn,
                            "gather along " + axis,
                            List.of(drawn.floats(shape), drawn.indices(shape[at], places)),
                            binary(
                                    (x, index) -> Index.gather(x, axis, index),
                                    (x, index) -> Torch.gather(x, axis, index)));
                }
                case 2 -> {
                    List<Operand> parts = new ArrayList<>();
                    for (int i = drawn.between(1, 4); i > 0; i--) {
                        int[] part = shape.clone();
                        part[at] = drawn.between(0, 5);
                        parts.add(drawn.floats(part));
                    }
                    family.compare(
                            drawn,
                            "concat along " + axis,
                            parts,
                            nary(
                                    x -> Index.concat(axis, x.toArray(Tensor[]::new)),
                                    x -> Torch.cat(axis, x.toArray(TorchTensor[]::new))));
                }
                case 3 -> {
                    List<Operand> parts = new ArrayList<>();
                    for (int i = drawn.between(1, 4); i > 0; i--) {
                        parts.add(drawn.floats(shape));
                    }
                    int place = drawn.axis(drawn.between(0, rank), rank + 1);
                    family.compare(
                            drawn,
                            "stack along " + place,
                            parts,
                            nary(
                                    x -> Index.stack(place, x.toArray(Tensor[]::new)),
                                    x -> Torch.stack(place, x.toArray(TorchTensor[]::new))));
                }
                default -> {
                    int classes = drawn.between(1, 12);
                    family.compare(
                            drawn,
                            "oneHot of " + classes,
                            List.of(drawn.indices(classes, shape)),
                            unary(x -> Index.oneHot(x, classes, DType.INT64), x -> Torch.oneHot(x, classes)));
                }
            }
        });
    }
}
