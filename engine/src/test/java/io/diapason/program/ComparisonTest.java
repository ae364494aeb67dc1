package io.diapason.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.nativelib.generated.Kernels;
import io.diapason.program.Argument.Place;
import io.diapason.program.Argument.Real;
import io.diapason.program.Argument.Whole;
import io.diapason.program.Argument.Word;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.Device;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Storage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What two steps have in common, and the sentence that says what they have not. */
class ComparisonTest {
    private static final Storage EXAMPLES = new StandIn(Device.CPU, 4096);
    private static final Storage WEIGHTS = new StandIn(Device.CPU, 64);

    /** A step of a few calls; what it made are its own memory and its results. */
    private static Recording step(long number, Storage made, KernelCall... calls) {
        return step(number, made, Map.of(), List.of(calls), calls.length);
    }

    private static Recording step(
            long number, Storage made, Map<Storage, HeapTensor> constants, List<KernelCall> calls, int updateFrom) {
        return new Recording(
                number,
                List.of(Rng.of(100 + number, 1000 * number)),
                calls,
                updateFrom,
                Set.of(made),
                constants,
                new StandIn(Device.CPU, 0),
                List.of(DType.FLOAT32),
                Map.of(),
                null);
    }

    private static Storage memory() {
        return new StandIn(Device.CPU, 64);
    }

    private static KernelCall copy(long bytes, Place from, Place to) {
        return new KernelCall("copy", Kernels.DP_OP_COPY, List.of(new Word(bytes), from, to));
    }

    private static List<Operand> only(Recording first, Recording second) throws NotReplayableException {
        List<Instruction> instructions = new Comparison(first, second, Set.of(EXAMPLES)).instructions();
        assertEquals(1, instructions.size());
        return instructions.get(0).operands();
    }

    private static String refusal(Recording first, Recording second) {
        return assertThrows(
                        NotReplayableException.class,
                        () -> new Comparison(first, second, Set.of(EXAMPLES)).instructions())
                .getMessage();
    }

    // ---- what follows the step

    @Test
    void aPlaceInTheExamplesFollowsTheStep() throws NotReplayableException {
        Storage a = memory();
        Storage b = memory();
        List<Operand> operands = only(
                step(3, a, copy(8, new Place(EXAMPLES, 3 * 32 + 4), new Place(a, 0))),
                step(5, b, copy(8, new Place(EXAMPLES, 5 * 32 + 4), new Place(b, 0))));
        assertEquals(new Operand.Word(8), operands.get(0));
        assertEquals(new Operand.At(EXAMPLES, 4, 32), operands.get(1));
        assertEquals(new Operand.At(a, 0, 0), operands.get(2));
    }

    @Test
    void seedsAndStreamsFollowThePass() throws NotReplayableException {
        Storage a = memory();
        Storage b = memory();
        List<Operand> operands = only(
                step(1, a, new KernelCall("draw", 1, List.of(new Whole(101), new Whole(1002), new Whole(7)))),
                step(2, b, new KernelCall("draw", 1, List.of(new Whole(102), new Whole(2002), new Whole(7)))));
        assertEquals(List.of(new Operand.OfSeed(0), new Operand.OfStream(0, 2), new Operand.Fixed(7)), operands);
    }

    @Test
    void numbersOfTheOptimiserMayChange() throws NotReplayableException {
        Storage a = memory();
        Storage b = memory();
        List<Operand> operands = only(
                step(0, a, Map.of(), List.of(new KernelCall("adam", 2, List.of(new Word(4), new Real(0.1)))), 0),
                step(1, b, Map.of(), List.of(new KernelCall("adam", 2, List.of(new Word(4), new Real(0.2)))), 0));
        assertEquals(List.of(new Operand.Word(4), new Operand.OfUpdate(0)), operands);
    }

    // ---- what must not differ

    @Test
    void otherKernelsAreNamed() {
        assertEquals(
                "call 0 is sin in one step and cos in another",
                refusal(
                        step(0, memory(), new KernelCall("sin", 1, List.of())),
                        step(1, memory(), new KernelCall("cos", 2, List.of()))));
    }

    @Test
    void aNumberThatDiffersIsNamedWithBothValues() {
        assertEquals(
                "argument 0 of call 0, scale, is not the same in two steps: 1.0 and 1.5",
                refusal(
                        step(0, memory(), new KernelCall("scale", 1, List.of(new Real(1)))),
                        step(1, memory(), new KernelCall("scale", 1, List.of(new Real(1.5))))));
    }

    @Test
    void moreCallsAreNoticed() {
        KernelCall call = new KernelCall("sin", 1, List.of());
        assertEquals("two steps make 1 and 2 calls", refusal(step(0, memory(), call), step(1, memory(), call, call)));
    }

    @Test
    void memoryThatChangesItsRoleIsNoticed() {
        Storage a = memory();
        Storage b = memory();
        Storage other = memory();
        assertEquals(
                "argument 1 of call 0, copy, is not the same in two steps: memory at byte 0 and memory at byte 0",
                refusal(
                        step(0, a, copy(8, new Place(WEIGHTS, 0), new Place(a, 0))),
                        step(1, b, copy(8, new Place(other, 0), new Place(b, 0)))));
        assertEquals(
                "argument 2 of call 0, copy, is not the same in two steps: memory at byte 0 and memory at byte 0",
                refusal(
                        step(0, a, copy(8, new Place(WEIGHTS, 0), new Place(a, 0))),
                        step(1, b, copy(8, new Place(WEIGHTS, 0), new Place(WEIGHTS, 0)))));
    }

    @Test
    void aPlaceThatMovesElsewhereThanInTheExamplesIsNoticed() {
        Storage a = memory();
        Storage b = memory();
        assertEquals(
                "argument 1 of call 0, copy, is not the same in two steps: memory at byte 0 and memory at byte 8",
                refusal(
                        step(0, a, copy(8, new Place(WEIGHTS, 0), new Place(a, 0))),
                        step(1, b, copy(8, new Place(WEIGHTS, 8), new Place(b, 0)))));
    }

    @Test
    void constantsOfTheHeapMustBeEqual() {
        Storage a = memory();
        Storage b = memory();
        Storage one = memory();
        Storage other = memory();
        HeapTensor ones = HeapTensor.wrap(DType.FLOAT32, Shape.of(2), new float[] {1, 1});
        HeapTensor twos = HeapTensor.wrap(DType.FLOAT32, Shape.of(2), new float[] {2, 2});
        assertEquals(
                "argument 1 of call 0, copy, is not the same in two steps: memory at byte 0 and memory at byte 0",
                refusal(
                        step(0, a, Map.of(one, ones), List.of(copy(8, new Place(one, 0), new Place(a, 0))), 1),
                        step(1, b, Map.of(other, twos), List.of(copy(8, new Place(other, 0), new Place(b, 0))), 1)));
    }
}
