package io.diapason.program;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.program.Operand.At;
import io.diapason.program.Operand.Word;
import io.diapason.tensor.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Joins an activation with the dropout that follows it, and their backward passes. Numbers of operands are those of
 * {@code diapason.h}:
 *
 * <pre>
 * unary            op dtype alpha beta rows columns x rowStride columnStride y
 * dropout_keep     dtype n rate seed stream x y kept
 * dropout_kept     dtype n rate kept x y
 * unary_backward   op dtype alpha beta n x y dy dx
 * activation_dropout            op dtype alpha beta n rate seed stream x activated y kept
 * activation_dropout_backward   op dtype alpha beta n rate kept x activated dy dx
 * </pre>
 */
final class ActivationFusion {
    private static final At NONE = new At(null, 0, 0);

    private final List<Instruction> instructions;
    private final Set<Storage> temporaries;

    private ActivationFusion(List<Instruction> instructions, Set<Storage> temporaries) {
        this.instructions = instructions;
        this.temporaries = temporaries;
    }

    /** Joins what can be, in place. */
    static void join(List<Instruction> instructions, Set<Storage> temporaries) {
        ActivationFusion fusion = new ActivationFusion(instructions, temporaries);
        for (int i = 0; i + 1 < instructions.size(); i++) {
            fusion.joinAt(i);
        }
    }

    /** Joins the activation and the dropout that begin at an instruction, when nothing else needs what is between. */
    private void joinAt(int forward) {
        Instruction activation = instructions.get(forward);
        Instruction dropout = instructions.get(forward + 1);
        if (activation.opcode() != Kernels.DP_OP_UNARY
                || dropout.opcode() != Kernels.DP_OP_DROPOUT_KEEP
                || !isDense(activation)
                || !activation.operands().get(9).equals(dropout.operands().get(5))) {
            return;
        }
        At activated = (At) activation.operands().get(9);
        At kept = (At) dropout.operands().get(7);
        List<Integer> backwards = new ArrayList<>(); // where a masked gradient goes through the activation
        for (int i = 0; i < instructions.size(); i++) {
            if (i != forward && i != forward + 1 && (names(i, activated) || names(i, kept))) {
                if (!isBackward(i, activation, kept)) {
                    return;
                }
                backwards.add(i++);
            }
        }
        if (!isTemporary(activated)) {
            return;
        }
        for (int i = backwards.size() - 1; i >= 0; i--) {
            joinBackward(backwards.get(i), activation);
        }
        joinForward(forward, activation, dropout, !backwards.isEmpty());
    }

    private static boolean isDense(Instruction unary) {
        long columns = word(unary, 5);
        return (word(unary, 8) == 1 || columns == 1) && (word(unary, 7) == columns || word(unary, 4) == 1);
    }

    private static long word(Instruction instruction, int operand) {
        return ((Word) instruction.operands().get(operand)).value();
    }

    private boolean isTemporary(At at) {
        return at.storage() != null && temporaries.contains(at.storage());
    }

    private boolean names(int instruction, At at) {
        return instructions.get(instruction).operands().stream()
                .anyMatch(operand -> operand instanceof At other && other.storage() == at.storage());
    }

    /** Whether a gradient is masked here, and goes through the activation next, and nothing else reads it. */
    private boolean isBackward(int at, Instruction activation, At kept) {
        if (at + 1 >= instructions.size()) {
            return false;
        }
        List<Operand> masked = instructions.get(at).operands();
        List<Operand> backward = instructions.get(at + 1).operands();
        List<Operand> forward = activation.operands();
        return instructions.get(at).opcode() == Kernels.DP_OP_DROPOUT_KEPT
                && instructions.get(at + 1).opcode() == Kernels.DP_OP_UNARY_BACKWARD
                && masked.get(3).equals(kept)
                && masked.get(5).equals(backward.get(7))
                && backward.subList(0, 4).equals(forward.subList(0, 4))
                && backward.get(4).equals(masked.get(1))
                && backward.get(5).equals(forward.get(6))
                && backward.get(6).equals(forward.get(9))
                && isTemporary((At) masked.get(5))
                && isNamedOnlyBy(at, at + 1, (At) masked.get(5));
    }

    private boolean isNamedOnlyBy(int one, int other, At at) {
        for (int i = 0; i < instructions.size(); i++) {
            if (i != one && i != other && names(i, at)) {
                return false;
            }
        }
        return true;
    }

    private void joinBackward(int at, Instruction activation) {
        List<Operand> masked = instructions.get(at).operands();
        List<Operand> backward = instructions.get(at + 1).operands();
        List<Operand> joined = new ArrayList<>(backward.subList(0, 5));
        joined.add(masked.get(2));
        joined.add(masked.get(3));
        joined.add(readsX(activation) ? backward.get(5) : NONE);
        joined.add(readsActivated(activation) ? backward.get(6) : NONE);
        joined.add(masked.get(4));
        joined.add(backward.get(8));
        instructions.set(at, new Instruction(Kernels.DP_OP_ACTIVATION_DROPOUT_BACKWARD, joined));
        instructions.remove(at + 1);
    }

    private void joinForward(int at, Instruction activation, Instruction dropout, boolean goesBack) {
        List<Operand> joined = new ArrayList<>(activation.operands().subList(0, 4));
        joined.addAll(dropout.operands().subList(1, 5));
        joined.add(activation.operands().get(6));
        joined.add(
                goesBack && readsActivated(activation) ? activation.operands().get(9) : NONE);
        joined.addAll(dropout.operands().subList(6, 8));
        instructions.set(at, new Instruction(Kernels.DP_OP_ACTIVATION_DROPOUT, joined));
        instructions.remove(at + 1);
    }

    private static boolean readsActivated(Instruction activation) {
        return switch ((int) word(activation, 0)) {
            case Kernels.DP_SQRT,
                    Kernels.DP_EXP,
                    Kernels.DP_TANH,
                    Kernels.DP_RECIPROCAL,
                    Kernels.DP_SIGMOID,
                    Kernels.DP_EXPM1 -> true;
            default -> false;
        };
    }

    private static boolean readsX(Instruction activation) {
        return switch ((int) word(activation, 0)) {
            case Kernels.DP_NEGATE, Kernels.DP_RELU, Kernels.DP_AFFINE, Kernels.DP_SIGN -> false;
            default -> !readsActivated(activation);
        };
    }
}
