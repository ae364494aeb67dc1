package io.diapason.program;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.program.Operand.At;
import io.diapason.tensor.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the temporaries of a step lie in one arena: those whose lives overlap lie apart, others share. The largest are
 * placed first, each as low as it fits. Source: Pisarchyk and Lee 2020, «Efficient memory management for deep neural
 * net inference», section 4.2.
 *
 * @param offsets in bytes, of each temporary that an instruction names
 * @param bytes of the arena
 */
record MemoryPlan(Map<Storage, Long> offsets, long bytes) {
    private static final long ALIGNMENT = 64;

    /** From the first instruction that names it to the last. */
    private static final class Life {
        private final List<Storage> storages = new ArrayList<>(); // one, or several that take each other's place
        private final long bytes;
        private final int from;
        private int to;
        private long offset;

        Life(Storage storage, int from) {
            this.storages.add(storage);
            this.bytes = (storage.bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            this.from = from;
            this.to = from;
        }

        boolean overlaps(Life other) {
            return from <= other.to && other.from <= to;
        }
    }

    static MemoryPlan of(List<Instruction> instructions, Set<Storage> temporaries) {
        List<Life> lives = lives(instructions, temporaries);
        lives.sort(Comparator.comparingLong((Life life) -> life.bytes).reversed());
        List<Life> placed = new ArrayList<>(); // by offset
        long bytes = 0;
        for (Life life : lives) {
            life.offset = lowest(life, placed);
            bytes = Math.max(bytes, life.offset + life.bytes);
            placed.add(life);
            placed.sort(Comparator.comparingLong(each -> each.offset));
        }
        Map<Storage, Long> offsets = new LinkedHashMap<>();
        lives.forEach(life -> life.storages.forEach(storage -> offsets.put(storage, life.offset)));
        return new MemoryPlan(offsets, bytes);
    }

    private static List<Life> lives(List<Instruction> instructions, Set<Storage> temporaries) {
        Map<Storage, Life> lives = new LinkedHashMap<>();
        for (int i = 0; i < instructions.size(); i++) {
            for (Operand operand : instructions.get(i).operands()) {
                if (operand instanceof At at && at.storage() != null && temporaries.contains(at.storage())) {
                    Life life = lives.get(at.storage());
                    if (life == null) {
                        life = new Life(at.storage(), i);
                        lives.put(at.storage(), life);
                    }
                    life.to = i;
                }
            }
        }
        for (int i = 0; i < instructions.size(); i++) {
            joinInPlace(instructions.get(i), i, lives);
        }
        return new ArrayList<>(new LinkedHashSet<>(lives.values()));
    }

    /** The output of an instruction takes the place of an input that nothing needs after it, where kernels allow it. */
    private static void joinInPlace(Instruction instruction, int number, Map<Storage, Life> lives) {
        int output = instruction.operands().size() - 1;
        int input = switch (instruction.opcode()) {
            case Kernels.DP_OP_DROPOUT, Kernels.DP_OP_DROPOUT_KEPT -> output - 1;
            case Kernels.DP_OP_DROPOUT_KEEP -> --output - 1;
            case Kernels.DP_OP_UNARY_BACKWARD, Kernels.DP_OP_ACTIVATION_DROPOUT_BACKWARD -> output - 1;
            case Kernels.DP_OP_ACTIVATION_DROPOUT -> --output - 2;
            default -> -1;
        };
        if (input < 0) {
            return;
        }
        At from = (At) instruction.operands().get(input);
        At to = (At) instruction.operands().get(output);
        Life ends = lives.get(from.storage());
        Life begins = lives.get(to.storage());
        if (ends != null
                && begins != null
                && ends != begins
                && ends.to == number
                && begins.from == number
                && ends.bytes == begins.bytes
                && from.offset() == to.offset()
                && isNamedOnce(from, instruction)) {
            ends.to = begins.to;
            ends.storages.addAll(begins.storages);
            begins.storages.forEach(storage -> lives.put(storage, ends));
        }
    }

    /** An operand beside the input that lies in the same memory must not be overwritten. */
    private static boolean isNamedOnce(At input, Instruction instruction) {
        return instruction.operands().stream()
                        .filter(operand -> operand instanceof At at && at.storage() == input.storage())
                        .count()
                == 1;
    }

    private static long lowest(Life life, List<Life> placed) {
        long offset = 0;
        for (Life other : placed) {
            if (life.overlaps(other)) {
                if (offset + life.bytes <= other.offset) {
                    return offset;
                }
                offset = Math.max(offset, other.offset + other.bytes);
            }
        }
        return offset;
    }
}
