package io.diapason.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.tensor.Device;
import io.diapason.tensor.Storage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Temporaries that live at once lie apart; others share memory. */
class MemoryPlanTest {
    private static Instruction naming(Storage... storages) {
        List<Operand> operands = new ArrayList<>();
        for (Storage storage : storages) {
            operands.add(new Operand.At(storage, 0, 0));
        }
        return new Instruction(0, operands);
    }

    @Test
    void aChainNeedsTheMemoryOfTwo() {
        List<Storage> chain = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            chain.add(new StandIn(Device.CPU, 100));
        }
        List<Instruction> instructions = new ArrayList<>();
        for (int i = 1; i < chain.size(); i++) {
            instructions.add(naming(chain.get(i - 1), chain.get(i)));
        }
        assertEquals(
                256, MemoryPlan.of(instructions, new LinkedHashSet<>(chain)).bytes()); // 2 of 128 bytes
    }

    @Test
    void anInputThatIsReadTwiceIsNotOverwritten() {
        StandIn x = new StandIn(Device.CPU, 100);
        StandIn y = new StandIn(Device.CPU, 100);
        StandIn dx = new StandIn(Device.CPU, 100);
        Set<Storage> all = new LinkedHashSet<>(List.of(x, y, dx));
        // x, y, dy, dx; the kernel may write dx over dy, but not over x.
        Instruction two = new Instruction(
                Kernels.DP_OP_UNARY_BACKWARD, naming(x, y, x, dx).operands());
        Instruction one = new Instruction(
                Kernels.DP_OP_UNARY_BACKWARD, naming(y, y, x, dx).operands());
        assertEquals(3 * 128, MemoryPlan.of(List.of(two), all).bytes());
        assertEquals(2 * 128, MemoryPlan.of(List.of(one), all).bytes());
    }

    @Test
    void memoryFromBeforeAStepIsNotPlanned() {
        MemoryPlan plan = MemoryPlan.of(List.of(naming(new StandIn(Device.CPU, 100))), Set.of());
        assertEquals(0, plan.bytes());
        assertTrue(plan.offsets().isEmpty());
    }

    @Test
    void livesThatOverlapNeverShareAByte() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Storage> storages = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(30); i++) {
                storages.add(new StandIn(Device.CPU, random.nextInt(1000)));
            }
            List<Instruction> instructions = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                instructions.add(naming(
                        storages.get(random.nextInt(storages.size())), storages.get(random.nextInt(storages.size()))));
            }
            MemoryPlan plan = MemoryPlan.of(instructions, new LinkedHashSet<>(storages));
            for (Storage a : plan.offsets().keySet()) {
                assertEquals(0, plan.offsets().get(a) % 64);
                assertTrue(plan.offsets().get(a) + a.bytes() <= plan.bytes());
                for (Storage b : plan.offsets().keySet()) {
                    if (a != b && meet(instructions, a, b)) {
                        long one = plan.offsets().get(a);
                        long other = plan.offsets().get(b);
                        assertTrue(one + a.bytes() <= other || other + b.bytes() <= one, "seed " + seed);
                    }
                }
            }
        }
    }

    private static boolean meet(List<Instruction> instructions, Storage a, Storage b) {
        int[] lifeOfA = life(instructions, a);
        int[] lifeOfB = life(instructions, b);
        return lifeOfA[0] <= lifeOfB[1] && lifeOfB[0] <= lifeOfA[1];
    }

    private static int[] life(List<Instruction> instructions, Storage storage) {
        int[] life = {Integer.MAX_VALUE, -1};
        for (int i = 0; i < instructions.size(); i++) {
            if (instructions.get(i).operands().contains(new Operand.At(storage, 0, 0))) {
                life[0] = Math.min(life[0], i);
                life[1] = i;
            }
        }
        return life;
    }
}
