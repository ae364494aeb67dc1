package io.diapason.program;

import io.diapason.tensor.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
        private final Storage storage;
        private final long bytes;
        private final int from;
        private int to;
        private long offset;

        Life(Storage storage, int from) {
            this.storage = storage;
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
        lives.forEach(life -> offsets.put(life.storage, life.offset));
        return new MemoryPlan(offsets, bytes);
    }

    private static List<Life> lives(List<Instruction> instructions, Set<Storage> temporaries) {
        Map<Storage, Life> lives = new LinkedHashMap<>();
        List<Life> ordered = new ArrayList<>();
        for (int i = 0; i < instructions.size(); i++) {
            for (Operand operand : instructions.get(i).operands()) {
                if (operand instanceof Operand.At at && at.storage() != null && temporaries.contains(at.storage())) {
                    Life life = lives.get(at.storage());
                    if (life == null) {
                        life = new Life(at.storage(), i);
                        lives.put(at.storage(), life);
                        ordered.add(life);
                    }
                    life.to = i;
                }
            }
        }
        return ordered;
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
