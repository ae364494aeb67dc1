package io.diapason.autograd;

import io.diapason.op.Op;
import io.diapason.tensor.Tensor;
import java.util.List;

/** How a tensor was made, and what its operands and itself were then: {@code backward()} needs them unchanged. */
public final class Node {
    private final Op op;
    private final List<Tensor> inputs;
    private final int[] changes; // of the memory of each operand, then of the result

    Node(Op op, Tensor[] inputs, Tensor output) {
        this.op = op;
        this.inputs = List.of(inputs);
        this.changes = new int[inputs.length + 1];
        for (int i = 0; i < inputs.length; i++) {
            changes[i] = inputs[i].storage().changes();
        }
        changes[inputs.length] = output.storage().changes();
    }

    /**
     * The operation.
     *
     * @return such as {@code linear}
     */
    public Op op() {
        return op;
    }

    /**
     * What it was applied to.
     *
     * @return the operands, in order
     */
    public List<Tensor> inputs() {
        return inputs;
    }

    /** The operands for the vjp; one that was overwritten since refuses to be read, and nothing else. */
    Tensor[] unchangedInputs() {
        Tensor[] unchanged = inputs.toArray(Tensor[]::new);
        for (int i = 0; i < unchanged.length; i++) {
            unchanged[i] = unchanged(i, unchanged[i], changes[i]);
        }
        return unchanged;
    }

    /** The result for the vjp; it refuses to be read when it was overwritten since. */
    Tensor unchangedOutput(Tensor output) {
        return unchanged(inputs.size(), output, changes[inputs.size()]);
    }

    private Tensor unchanged(int place, Tensor tensor, int before) {
        int since = tensor.storage().changes() - before;
        return since == 0 ? tensor : tensor.refusing(refusal(place, tensor, since));
    }

    private String refusal(int place, Tensor tensor, int since) {
        return op.name() + ": " + (place < inputs.size() ? "operand " + place : "the result")
                + " must keep its numbers until backward(), which needs them, got " + tensor.dtype() + " "
                + tensor.shape() + " in memory that was changed in place since, "
                + (since == 1 ? "once" : since + " times") + "; change a copy, or call backward() before";
    }
}
