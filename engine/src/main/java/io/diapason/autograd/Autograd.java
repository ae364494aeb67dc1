package io.diapason.autograd;

import io.diapason.backend.Backend;
import io.diapason.op.Arithmetic;
import io.diapason.op.Op;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs operations, remembers those that gradients flow through, and follows them back. */
public final class Autograd {
    private static final ThreadLocal<Boolean> RECORDING = ThreadLocal.withInitial(() -> true);

    private Autograd() {}

    /**
     * Runs an operation. The result belongs to the innermost open scope, and remembers its making when an operand
     * tracks gradients.
     *
     * @param op the operation
     * @param inputs its operands, all on one device
     * @return the result
     * @throws io.diapason.tensor.ShapeException when the operands break the operation's shape rule
     */
    public static Tensor apply(Op op, Tensor... inputs) {
        Shape shape = op.shape(inputs);
        Tensor output = Scope.current().empty(op.dtype(inputs), shape);
        op.forward(Backend.of(output.device()), inputs, output);
        if (RECORDING.get()) {
            for (Tensor input : inputs) {
                if (input.tracksGradient()) {
                    return output.withOrigin(new Node(op, List.of(inputs)));
                }
            }
        }
        return output;
    }

    /**
     * Runs code whose results remember nothing: for evaluation and prediction.
     *
     * @param <T> what the code returns
     * @param code what to run, in this thread
     * @return its result
     */
    public static <T> T withoutGradients(Supplier<T> code) {
        boolean before = RECORDING.get();
        RECORDING.set(false);
        try {
            return code.get();
        } finally {
            RECORDING.set(before);
        }
    }

    /**
     * The gradients of a scalar with respect to every leaf that requires one and that it depends on. Where a tensor was
     * used more than once, its gradients are summed in reverse order of use.
     *
     * @param result a scalar made from such leaves
     * @return the gradients, owned by the innermost open scope
     * @throws IllegalStateException when the result is no scalar, or nothing it was made from requires a gradient
     */
    public static Gradients backward(Tensor result) {
        if (result.elements() != 1 || result.dtype() != DType.FLOAT32) {
            throw new IllegalStateException("backward: the result must be one float32 number, got " + result
                    + "; reduce it first, for example by mean()");
        }
        if (!result.tracksGradient()) {
            throw new IllegalStateException(
                    "backward: the result must depend on a tensor that requires a gradient, got one that does not;"
                            + " make leaves by requireGradient() and do not compute inside withoutGradients");
        }
        return withoutGradients(() -> {
            IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();
            gradients.put(result, Scope.current().full(result.shape(), 1));
            for (Tensor tensor : reverseTopological(result)) {
                Node node = tensor.origin();
                Tensor upstream = gradients.get(tensor);
                if (node == null || upstream == null) {
                    continue; // a leaf keeps its gradient; a tensor that no gradient reached passes none on
                }
                gradients.remove(tensor);
                Tensor[] inputs = node.inputs().toArray(Tensor[]::new);
                @Nullable Tensor[] products = node.op().vjp(inputs, tensor, upstream);
                for (int i = 0; i < inputs.length; i++) {
                    Tensor product = products[i];
                    if (product != null && inputs[i].tracksGradient()) {
                        gradients.merge(inputs[i], product, Arithmetic::add);
                    }
                }
            }
            return new Gradients(gradients);
        });
    }

    /**
     * Every tracked tensor before the ones it was made from. Iterative: a graph may be far deeper than the Java stack.
     */
    private static List<Tensor> reverseTopological(Tensor result) {
        record Visit(Tensor tensor, boolean inputsDone) {}
        List<Tensor> order = new ArrayList<>();
        IdentityHashMap<Tensor, Boolean> seen = new IdentityHashMap<>();
        Deque<Visit> stack = new ArrayDeque<>();
        stack.push(new Visit(result, false));
        while (!stack.isEmpty()) {
            Visit visit = stack.pop();
            if (visit.inputsDone()) {
                order.add(visit.tensor());
            } else if (seen.put(visit.tensor(), true) == null) {
                stack.push(new Visit(visit.tensor(), true));
                Node node = visit.tensor().origin();
                if (node != null) {
                    for (Tensor input : node.inputs()) {
                        if (input.tracksGradient() && !seen.containsKey(input)) {
                            stack.push(new Visit(input, false));
                        }
                    }
                }
            }
        }
        java.util.Collections.reverse(order);
        return order;
    }
}
