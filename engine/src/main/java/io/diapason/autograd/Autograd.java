package io.diapason.autograd;

import io.diapason.backend.Backend;
import io.diapason.op.Arithmetic;
import io.diapason.op.CustomOp;
import io.diapason.op.KernelOp;
import io.diapason.op.Op;
import io.diapason.op.ViewOp;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.ShapeException;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs operations, remembers those that gradients flow through, and follows them back. */
public final class Autograd {
    private static final ThreadLocal<Boolean> RECORDING = ThreadLocal.withInitial(() -> true);

    private Autograd() {}

    /**
     * Runs an operation. The result belongs to the innermost open scope, and remembers its making when an operand
     * tracks gradients and the result is of a float type.
     *
     * @param op the operation
     * @param inputs its operands, all on one device
     * @return the result
     * @throws ShapeException when the operands break the operation's shape rule
     */
    public static Tensor apply(Op op, Tensor... inputs) {
        Tensor output = run(op, inputs);
        if (output.dtype().isFloat() && RECORDING.get()) {
            for (Tensor input : inputs) {
                if (input.tracksGradient()) {
                    return output.withOrigin(new Node(op, inputs, output));
                }
            }
        }
        return output;
    }

    private static Tensor run(Op op, Tensor[] inputs) {
        if (op instanceof KernelOp kernel) {
            Shape shape = kernel.shape(inputs);
            Tensor output = Scope.current().empty(kernel.dtype(inputs), shape);
            kernel.forward(Backend.of(output.device()), kernel.readsStrides() ? inputs : dense(inputs), output);
            return output;
        }
        if (op instanceof ViewOp view) {
            return inputs[0].viewAs(view.layout(inputs[0]));
        }
        CustomOp custom = (CustomOp) op;
        return noGrad(() -> custom.forward(inputs)).detach();
    }

    private static Tensor[] dense(Tensor[] inputs) {
        Tensor[] dense = inputs;
        for (int i = 0; i < inputs.length; i++) {
            if (!inputs[i].layout().isDense()) {
                if (dense == inputs) {
                    dense = inputs.clone();
                }
                dense[i] = copy(inputs[i]);
            }
        }
        return dense;
    }

    private static Tensor copy(Tensor tensor) {
        Tensor copy = Scope.current().empty(tensor.dtype(), tensor.shape());
        Backend.of(copy.device()).assign(tensor, copy);
        return copy;
    }

    /**
     * Runs code whose results remember nothing: for evaluation and prediction.
     *
     * @param <T> what the code returns
     * @param code what to run, in this thread
     * @return its result
     */
    public static <T> T noGrad(Supplier<T> code) {
        boolean before = RECORDING.get();
        RECORDING.set(false);
        try {
            return code.get();
        } finally {
            RECORDING.set(before);
        }
    }

    /**
     * Runs code whose results remember nothing.
     *
     * @param code what to run, in this thread
     */
    public static void noGrad(Runnable code) {
        noGrad(() -> {
            code.run();
            return true;
        });
    }

    /**
     * The gradients of a result with respect to every leaf that requires one and that it depends on. Where a tensor was
     * used more than once, its gradients are summed in reverse order of use.
     *
     * @param result made from such leaves
     * @param upstream the gradient of what is differentiated with respect to the result, of its shape and type; null is
     *     1 for a scalar
     * @return the gradients, owned by the innermost open scope
     * @throws IllegalStateException when the result is no scalar and there is no upstream gradient, nothing it was made
     *     from requires a gradient, or a tensor whose numbers a gradient needs was overwritten since
     * @throws ShapeException when the upstream gradient has another shape or type
     */
    public static Gradients backward(Tensor result, @Nullable Tensor upstream) {
        if (!result.tracksGradient()) {
            throw new IllegalStateException(
                    "backward: the result must depend on a tensor that requires a gradient, got one that does not;"
                            + " make leaves by requireGradient() and do not compute inside noGrad");
        }
        if (upstream == null && result.elements() != 1) {
            throw new IllegalStateException("backward: the result must be one number, got " + result
                    + "; reduce it first, for example by mean(), or pass an upstream gradient");
        }
        if (upstream != null
                && (upstream.dtype() != result.dtype() || !upstream.shape().equals(result.shape()))) {
            throw new ShapeException(
                    "backward",
                    "the upstream gradient must have the result's type and shape",
                    upstream + " for " + result);
        }
        return noGrad(() -> {
            IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();
            gradients.put(
                    result,
                    upstream == null ? Scope.current().full(result.dtype(), result.shape(), 1) : upstream.detach());
            IdentityHashMap<Tensor, Tensor> leaves = new IdentityHashMap<>();
            List<Tensor> order = reverseTopological(result);
            Set<Storage> shared = storages(order, upstream);
            for (Tensor tensor : order) {
                Tensor gradient = gradients.remove(tensor);
                if (gradient == null) {
                    continue; // no gradient reached this tensor, so it passes none on
                }
                Node node = tensor.origin();
                if (node == null) {
                    leaves.put(tensor, shared.add(gradient.storage()) ? gradient.contiguous() : copy(gradient));
                } else {
                    pass(node, tensor, gradient, gradients);
                }
            }
            return new Gradients(leaves);
        });
    }

    /**
     * The memory that a leaf's gradient must not share, because optimisers and clipping change gradients in place: that
     * of the forward pass and of the caller's upstream gradient. (An operation may hand on what it was given.)
     */
    private static Set<Storage> storages(List<Tensor> order, @Nullable Tensor upstream) {
        Set<Storage> storages = Collections.newSetFromMap(new IdentityHashMap<>());
        if (upstream != null) {
            storages.add(upstream.storage());
        }
        for (Tensor tensor : order) {
            storages.add(tensor.storage());
            Node node = tensor.origin();
            if (node != null) {
                node.inputs().forEach(input -> storages.add(input.storage()));
            }
        }
        return storages;
    }

    /** One step back: adds the products of an operation to the gradients of its operands. */
    private static void pass(Node node, Tensor output, Tensor upstream, IdentityHashMap<Tensor, Tensor> gradients) {
        Tensor[] inputs = node.unchangedInputs();
        @Nullable Tensor[] products = node.op().vjp(inputs, node.unchangedOutput(output), upstream);
        if (products.length != inputs.length) {
            throw new IllegalStateException(node.op().name() + ": vjp must give one gradient or null for each of "
                    + inputs.length + " operands, got " + products.length);
        }
        for (int i = 0; i < inputs.length; i++) {
            Tensor product = products[i];
            if (product == null || !inputs[i].tracksGradient()) {
                continue;
            }
            if (product.dtype() != inputs[i].dtype() || !product.shape().equals(inputs[i].shape())) {
                throw new ShapeException(
                        node.op().name(),
                        "the vjp must give a gradient of the operand's type and shape",
                        product + " for operand " + i + ", " + inputs[i]);
            }
            gradients.merge(node.inputs().get(i), product, Arithmetic::add);
        }
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
        Collections.reverse(order);
        return order;
    }
}
