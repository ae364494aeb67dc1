package io.diapason.program;

import io.diapason.program.Argument.Place;
import io.diapason.program.Argument.Real;
import io.diapason.program.Argument.Whole;
import io.diapason.program.Argument.Word;
import io.diapason.random.Rng;
import io.diapason.tensor.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two recordings side by side: what every step does, or what it is that differs. */
final class Comparison {
    private final Recording first;
    private final Recording second;
    private final Set<Storage> examples;
    private final Map<Storage, Storage> secondOf = new LinkedHashMap<>(); // memory of steps that has the same role
    private final Map<Storage, Storage> firstOf = new LinkedHashMap<>();
    private int updateNumbers;

    /**
     * A comparison.
     *
     * @param examples memory of which each step reads its own part
     */
    Comparison(Recording first, Recording second, Set<Storage> examples) {
        this.first = first;
        this.second = second;
        this.examples = examples;
    }

    /** What every step does. */
    List<Instruction> instructions() throws NotReplayableException {
        for (Recording recording : List.of(first, second)) {
            if (recording.refusal() != null) {
                throw new NotReplayableException(recording.refusal());
            }
        }
        List<Instruction> instructions = new ArrayList<>();
        int calls = Math.min(first.calls().size(), second.calls().size());
        for (int i = 0; i < calls; i++) {
            instructions.add(instruction(i, first.calls().get(i), second.calls().get(i)));
        }
        if (first.calls().size() != second.calls().size() || first.updateFrom() != second.updateFrom()) {
            throw new NotReplayableException("two steps make " + first.calls().size() + " and "
                    + second.calls().size() + " calls");
        }
        if (!first.gradients().keySet().equals(second.gradients().keySet())) {
            throw new NotReplayableException("two steps find gradients of different parameters");
        }
        return instructions;
    }

    private Instruction instruction(int number, KernelCall a, KernelCall b) throws NotReplayableException {
        if (a.opcode() != b.opcode() || a.arguments().size() != b.arguments().size()) {
            throw new NotReplayableException(
                    "call " + number + " is " + a.name() + " in one step and " + b.name() + " in another");
        }
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < a.arguments().size(); i++) {
            Argument one = a.arguments().get(i);
            Argument other = b.arguments().get(i);
            Operand operand = number >= first.updateFrom() && UpdateNumbers.isNumber(one)
                    ? new Operand.OfUpdate(updateNumbers++)
                    : operand(one, other);
            if (operand == null) {
                throw new NotReplayableException("argument " + i + " of call " + number + ", " + a.name()
                        + ", is not the same in two steps: " + told(one) + " and " + told(other));
            }
            operands.add(operand);
        }
        return new Instruction(a.opcode(), operands);
    }

    private @Nullable Operand operand(Argument one, Argument other) {
        if (one instanceof Word word) {
            return one.equals(other) ? new Operand.Word(word.value()) : null;
        }
        if (one instanceof Real real) {
            return one.equals(other) ? new Operand.Fixed(Double.doubleToRawLongBits(real.value())) : null;
        }
        if (one instanceof Whole whole) {
            return other instanceof Whole another ? whole(whole.value(), another.value()) : null;
        }
        return other instanceof Place place ? place((Place) one, place) : null;
    }

    private @Nullable Operand whole(long one, long other) {
        for (int pass = 0; pass < first.draws().size(); pass++) {
            Rng a = first.draws().get(pass);
            Rng b = second.draws().get(pass);
            if (one == a.seed() && other == b.seed()) {
                return new Operand.OfSeed(pass);
            }
            long after = one - a.stream();
            if (after == other - b.stream()) {
                return new Operand.OfStream(pass, after);
            }
        }
        return one == other ? new Operand.Fixed(one) : null;
    }

    private @Nullable Operand place(Place one, Place other) {
        Storage a = one.storage();
        Storage b = other.storage();
        if (a == null || b == null) {
            return a == b ? new Operand.At(null, 0, 0) : null;
        }
        if (!sameRole(a, b)) {
            return null;
        }
        long steps = second.step() - first.step();
        long bytes = other.offset() - one.offset();
        if (bytes == 0) {
            return new Operand.At(a, one.offset(), 0);
        }
        if (!examples.contains(a) || steps == 0 || bytes % steps != 0) {
            return null;
        }
        long perStep = bytes / steps;
        return new Operand.At(a, one.offset() - first.step() * perStep, perStep);
    }

    /** Memory from before a step is itself; what a step made, or named, has one counterpart in the other. */
    private boolean sameRole(Storage a, Storage b) {
        if (!isOfStep(first, a) && !isOfStep(second, b)) {
            return a == b;
        }
        if (isOfStep(first, a) != isOfStep(second, b)) {
            return false;
        }
        Storage known = secondOf.putIfAbsent(a, b);
        Storage knownBack = firstOf.putIfAbsent(b, a);
        return (known == null || known == b) && (knownBack == null || knownBack == a) && sameNumbers(a, b);
    }

    private static boolean isOfStep(Recording recording, Storage storage) {
        return recording.made().contains(storage)
                || recording.constants().containsKey(storage)
                || recording.results() == storage;
    }

    private boolean sameNumbers(Storage a, Storage b) {
        Object one = first.constants().get(a);
        Object other = second.constants().get(b);
        return one == null ? other == null : one.equals(other);
    }

    private static String told(Argument argument) {
        if (argument instanceof Word word) {
            return Long.toString(word.value());
        }
        if (argument instanceof Real real) {
            return Double.toString(real.value());
        }
        if (argument instanceof Whole whole) {
            return Long.toString(whole.value());
        }
        Place place = (Place) argument;
        return place.storage() == null ? "nothing" : "memory at byte " + place.offset();
    }
}
