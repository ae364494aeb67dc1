package io.diapason.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.program.Operand.At;
import io.diapason.program.Operand.Fixed;
import io.diapason.program.Operand.OfSeed;
import io.diapason.program.Operand.OfStream;
import io.diapason.program.Operand.Word;
import io.diapason.tensor.Device;
import io.diapason.tensor.Storage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which instructions are joined, and which must not be. */
class FusionTest {
    private static final Word FLOAT32 = new Word(Kernels.DP_FLOAT32);
    private static final Fixed ZERO = new Fixed(0);
    private static final Fixed RATE = new Fixed(Double.doubleToRawLongBits(0.5));
    private static final At NONE = new At(null, 0, 0);

    private final Set<Storage> temporaries = new LinkedHashSet<>();
    private final List<Instruction> step = new ArrayList<>();

    private At temporary(long bytes) {
        Storage storage = new StandIn(Device.CPU, bytes);
        temporaries.add(storage);
        return new At(storage, 0, 0);
    }

    private void unary(int op, At x, At y) {
        step.add(new Instruction(
                Kernels.DP_OP_UNARY,
                List.of(new Word(op), FLOAT32, ZERO, ZERO, new Word(4), new Word(8), x, new Word(8), new Word(1), y)));
    }

    private void unaryBackward(int op, At x, At y, At dy, At dx) {
        step.add(new Instruction(
                Kernels.DP_OP_UNARY_BACKWARD, List.of(new Word(op), FLOAT32, ZERO, ZERO, new Word(32), x, y, dy, dx)));
    }

    private void dropout(long layer, At x, At y) {
        step.add(new Instruction(
                Kernels.DP_OP_DROPOUT,
                List.of(FLOAT32, new Word(32), RATE, new OfSeed(0), new OfStream(0, layer), x, y)));
    }

    private void copy(At x, At y) {
        step.add(new Instruction(Kernels.DP_OP_COPY, List.of(new Word(128), x, y)));
    }

    private List<Instruction> fused() {
        return Fusion.of(Device.CPU, step, temporaries).instructions();
    }

    private static List<Integer> opcodes(List<Instruction> instructions) {
        return instructions.stream().map(Instruction::opcode).toList();
    }

    /** An activation, a dropout, and their gradients; the operands of the joined instructions. */
    private List<Instruction> activation(int op, boolean alsoRead) {
        At x = temporary(128);
        At y = temporary(128);
        At z = temporary(128);
        At dz = temporary(128);
        At dy = temporary(128);
        At dx = temporary(128);
        unary(op, x, y);
        dropout(0, y, z);
        if (alsoRead) {
            copy(y, temporary(128));
        }
        dropout(0, dz, dy);
        unaryBackward(op, x, y, dy, dx);
        return fused();
    }

    @Test
    void anActivationAndItsDropoutAreJoinedAndSoAreTheirGradients() {
        List<Instruction> instructions = activation(Kernels.DP_RELU, false);
        assertEquals(
                List.of(Kernels.DP_OP_ACTIVATION_DROPOUT, Kernels.DP_OP_ACTIVATION_DROPOUT_BACKWARD),
                opcodes(instructions));
        List<Operand> forward = instructions.get(0).operands();
        List<Operand> backward = instructions.get(1).operands();
        assertEquals(12, forward.size());
        assertEquals(11, backward.size());
        assertEquals(NONE, forward.get(9), "ReLU's gradient reads bits alone");
        assertEquals(List.of(NONE, NONE), backward.subList(7, 9));
        assertEquals(forward.get(11), backward.get(6), "the bits that were kept");
    }

    @Test
    void whatAGradientReadsIsKept() {
        List<Instruction> tanh = activation(Kernels.DP_TANH, false);
        Operand activated = tanh.get(0).operands().get(9);
        assertEquals(activated, tanh.get(1).operands().get(8));
        assertEquals(NONE, tanh.get(1).operands().get(7));
        step.clear();
        List<Instruction> gelu = activation(Kernels.DP_GELU, false);
        assertEquals(NONE, gelu.get(0).operands().get(9));
        assertEquals(gelu.get(0).operands().get(8), gelu.get(1).operands().get(7));
    }

    @Test
    void anActivationThatIsReadElsewhereStaysAsItIs() {
        assertEquals(
                List.of(
                        Kernels.DP_OP_UNARY,
                        Kernels.DP_OP_DROPOUT_KEEP,
                        Kernels.DP_OP_COPY,
                        Kernels.DP_OP_DROPOUT_KEPT,
                        Kernels.DP_OP_UNARY_BACKWARD),
                opcodes(activation(Kernels.DP_RELU, true)));
    }

    @Test
    void anActivationThatOutlivesTheStepStaysAsItIs() {
        At x = temporary(128);
        At kept = new At(new StandIn(Device.CPU, 128), 0, 0);
        At z = temporary(128);
        unary(Kernels.DP_RELU, x, kept);
        dropout(0, kept, z);
        dropout(0, z, x);
        assertEquals(
                List.of(Kernels.DP_OP_UNARY, Kernels.DP_OP_DROPOUT_KEEP, Kernels.DP_OP_DROPOUT_KEPT), opcodes(fused()));
    }

    @Test
    void dropoutsOfOtherLayersShareNoMask() {
        At x = temporary(128);
        At y = temporary(128);
        dropout(0, x, y);
        dropout(1, y, x);
        assertEquals(List.of(Kernels.DP_OP_DROPOUT, Kernels.DP_OP_DROPOUT), opcodes(fused()));
    }

    private void crossEntropy(At logits, At loss, At upstream, At dlogits, boolean lossIsReadBetween) {
        At targets = temporary(32);
        List<Operand> of =
                List.of(FLOAT32, new Word(4), new Word(8), logits, targets, NONE, new Word(-1), new Fixed(0));
        List<Operand> forward = new ArrayList<>(of);
        forward.add(loss);
        step.add(new Instruction(Kernels.DP_OP_CROSS_ENTROPY, forward));
        if (lossIsReadBetween) {
            copy(loss, upstream);
        }
        List<Operand> backward = new ArrayList<>(of);
        backward.add(upstream);
        backward.add(dlogits);
        step.add(new Instruction(Kernels.DP_OP_CROSS_ENTROPY_BACKWARD, backward));
    }

    @Test
    void crossEntropyIsComputedWithItsGradientUnlessItsLossIsNeededBefore() {
        crossEntropy(temporary(128), temporary(4), temporary(4), temporary(128), false);
        assertEquals(List.of(Kernels.DP_OP_CROSS_ENTROPY_WITH_GRADIENT), opcodes(fused()));
        step.clear();
        crossEntropy(temporary(128), temporary(4), temporary(4), temporary(128), true);
        assertEquals(
                List.of(Kernels.DP_OP_CROSS_ENTROPY, Kernels.DP_OP_COPY, Kernels.DP_OP_CROSS_ENTROPY_BACKWARD),
                opcodes(fused()));
    }
}
