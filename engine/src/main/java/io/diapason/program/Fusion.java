package io.diapason.program;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.program.Operand.At;
import io.diapason.program.Operand.Word;
import io.diapason.tensor.Device;
import io.diapason.tensor.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Instructions that do the work of two with the same bits: a dropout's backward pass takes the mask that the forward
 * pass drew, an activation and the dropout after it are one pass over their elements, and so are their gradients, and
 * cross-entropy is computed together with its gradient. (A bias is part of its product from the first.)
 *
 * @param instructions what a step does
 * @param temporaries its memory, with what fused instructions keep
 */
record Fusion(List<Instruction> instructions, Set<Storage> temporaries) {
    private static final int MASK = 5; // operands of a dropout that say what it draws
    private static final int CLASSIFIED = 8; // operands of a cross-entropy that say of what it is

    /** Fuses what can be. */
    static Fusion of(Device device, List<Instruction> instructions, Set<Storage> temporaries) {
        Fusion fusion = new Fusion(new ArrayList<>(instructions), new LinkedHashSet<>(temporaries));
        fusion.keepMasks(device);
        ActivationFusion.join(fusion.instructions, temporaries);
        fusion.joinCrossEntropies();
        return fusion;
    }

    // ---- dropout: dtype, n, rate, seed, stream, x, y

    private void keepMasks(Device device) {
        Map<List<Operand>, List<Integer>> drawn = new LinkedHashMap<>();
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            if (instruction.opcode() == Kernels.DP_OP_DROPOUT) {
                drawn.computeIfAbsent(List.copyOf(instruction.operands().subList(0, MASK)), none -> new ArrayList<>())
                        .add(i);
            }
        }
        drawn.values().stream().filter(places -> places.size() > 1).forEach(places -> keepMask(device, places));
    }

    private void keepMask(Device device, List<Integer> places) {
        List<Operand> first = instructions.get(places.get(0)).operands();
        long elements = ((Word) first.get(1)).value();
        Storage mask = new StandIn(device, Math.max(1, (elements + 7) / 8));
        temporaries.add(mask);
        At kept = new At(mask, 0, 0);
        List<Operand> keeps = new ArrayList<>(first);
        keeps.add(kept);
        instructions.set(places.get(0), new Instruction(Kernels.DP_OP_DROPOUT_KEEP, keeps));
        for (int place : places.subList(1, places.size())) {
            List<Operand> operands = instructions.get(place).operands();
            instructions.set(
                    place,
                    new Instruction(
                            Kernels.DP_OP_DROPOUT_KEPT,
                            List.of(
                                    operands.get(0),
                                    operands.get(1),
                                    operands.get(2),
                                    kept,
                                    operands.get(MASK),
                                    operands.get(MASK + 1))));
        }
    }

    // ---- cross-entropy: dtype, rows, classes, logits, targets, weights, ignored, smoothing, loss

    private void joinCrossEntropies() {
        for (int i = 0; i < instructions.size(); i++) {
            if (instructions.get(i).opcode() == Kernels.DP_OP_CROSS_ENTROPY) {
                int backward = backwardOf(i);
                if (backward > 0) {
                    List<Operand> joined = new ArrayList<>(instructions.get(i).operands());
                    List<Operand> more = instructions.get(backward).operands();
                    joined.add(CLASSIFIED, more.get(CLASSIFIED)); // upstream, before the loss
                    joined.add(more.get(CLASSIFIED + 1));
                    instructions.set(backward, new Instruction(Kernels.DP_OP_CROSS_ENTROPY_WITH_GRADIENT, joined));
                    instructions.remove(i--);
                }
            }
        }
    }

    /**
     * The backward pass of a cross-entropy when nothing before it asks for the loss, or touches what it is of; else 0.
     */
    private int backwardOf(int forward) {
        List<Operand> operands = instructions.get(forward).operands();
        Set<Storage> touched = new LinkedHashSet<>();
        for (Operand operand : operands) {
            if (operand instanceof At at && at.storage() != null) {
                touched.add(at.storage());
            }
        }
        for (int i = forward + 1; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            if (instruction.opcode() == Kernels.DP_OP_CROSS_ENTROPY_BACKWARD
                    && instruction.operands().subList(0, CLASSIFIED).equals(operands.subList(0, CLASSIFIED))) {
                return i;
            }
            if (instruction.operands().stream()
                    .anyMatch(operand -> operand instanceof At at && touched.contains(at.storage()))) {
                return 0;
            }
        }
        return 0;
    }
}
