package io.diapason.program;

import io.diapason.autograd.Gradients;
import io.diapason.backend.Argument;
import io.diapason.backend.Argument.Real;
import io.diapason.backend.Argument.Whole;
import io.diapason.backend.Backend;
import io.diapason.backend.NativeProgram;
import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A training step that is replayed: for one thread, as the training it belongs to. */
public final class Program implements AutoCloseable {
    private final Layout layout;
    private final NativeProgram program;
    private final UpdateNumbers update;
    private final List<DType> resultTypes;
    private final Tensor results;
    private long[] read = {}; // results of the last run
    private long readFrom;

    /**
     * Makes a program of two recordings.
     *
     * @param scope owns its memory
     * @param first a step
     * @param second another step of as many rows, on others
     * @param examples memory of which each step reads its own part
     * @param steps how many steps an epoch may have
     * @return the program
     * @throws NotReplayableException when the two differ in what a step's number does not explain, or one must not be
     *     replayed
     */
    public static Program of(Scope scope, Recording first, Recording second, Set<Storage> examples, int steps)
            throws NotReplayableException {
        return new Program(scope, first, new Comparison(first, second, examples).instructions(), steps);
    }

    private Program(Scope scope, Recording recording, List<Instruction> instructions, int steps) {
        this.resultTypes = recording.resultTypes();
        this.results = scope.empty(DType.INT64, Shape.of(Math.multiplyExact(steps, resultTypes.size())));
        this.layout = new Layout(scope, recording, Fusion.of(scope.device(), instructions, recording.made()), results);
        this.update = new UpdateNumbers(scope, recording);
        this.program = Backend.of(scope.device()).program(layout.bytes(), layout.code(), layout.columns(), steps);
    }

    // ---- the table

    /** The numbers of some steps, a row each. */
    public final class Table {
        private final long[] words;
        private int filled;

        private Table(int steps) {
            this.words = new long[steps * layout.columns()];
        }

        /**
         * Adds the row of the next step.
         *
         * @param random what its pass draws from
         * @param step the optimiser's step, run with gradients that hold nothing
         * @throws NotReplayableException when the step is not like those recorded
         */
        public void add(Rng random, Consumer<Gradients> step) throws NotReplayableException {
            int at = filled * layout.columns();
            for (Argument number : update.of(step)) {
                words[at++] = number instanceof Real real
                        ? Double.doubleToRawLongBits(real.value())
                        : ((Whole) number).value();
            }
            for (Operand drawn : layout.drawn()) {
                words[at++] =
                        drawn instanceof Operand.OfStream stream ? random.stream() + stream.after() : random.seed();
            }
            filled++;
        }
    }

    /**
     * A table to be filled.
     *
     * @param steps its rows
     * @return empty
     */
    public Table table(int steps) {
        return new Table(steps);
    }

    // ---- the run

    /**
     * Replays the steps of a table.
     *
     * @param first the number of the first, within its epoch
     * @param table a row each
     * @return how it ended; results of the steps completed, and of the one that ended it, can be asked for
     */
    public NativeProgram.Outcome run(long first, Table table) {
        NativeProgram.Outcome outcome = program.run(layout.memory(), first, table.filled, table.words);
        int each = resultTypes.size();
        int from = Math.toIntExact(first * each);
        read = results.rows(from, from + table.filled * each).toLongArray();
        readFrom = from;
        return outcome;
    }

    /**
     * A number of a step.
     *
     * @param step its number within the epoch
     * @param index of the number, in the order of the recording
     * @return its value
     */
    public double result(long step, int index) {
        long bits = read[Math.toIntExact(step * resultTypes.size() + index - readFrom)];
        return resultTypes.get(index) == DType.FLOAT32
                ? Float.intBitsToFloat((int) bits)
                : Double.longBitsToDouble(bits);
    }

    @Override
    public void close() {
        program.close();
    }

    /** Buffers, columns and words of a program. */
    private static final class Layout {
        private final List<Storage> memory = new ArrayList<>();
        private final Map<Storage, Integer> buffers = new LinkedHashMap<>();
        private final MemoryPlan plan;
        private final Storage results;
        private final Storage resultsRecorded;
        private final int resultsPerStep;
        private final int updates;
        private final List<Operand> drawn = new ArrayList<>();
        private final long[] code;

        Layout(Scope scope, Recording recording, Fusion fusion, Tensor results) {
            List<Instruction> instructions = fusion.instructions();
            this.plan = MemoryPlan.of(instructions, fusion.temporaries());
            this.results = results.storage();
            this.resultsRecorded = recording.results();
            this.resultsPerStep = recording.resultTypes().size();
            long words = plan.bytes() / Long.BYTES;
            Tensor arena = scope.empty(DType.INT64, Shape.of(1, Math.toIntExact(Math.max(1, words))));
            memory.add(arena.storage());
            for (Map.Entry<Storage, HeapTensor> constant : recording.constants().entrySet()) {
                buffers.put(constant.getKey(), memory.size());
                memory.add(constant.getValue().in(scope).storage());
            }
            this.updates = (int) instructions.stream()
                    .flatMap(instruction -> instruction.operands().stream())
                    .filter(operand -> operand instanceof Operand.OfUpdate)
                    .count();
            long[] encoded = new long[16];
            int length = 0;
            for (Instruction instruction : instructions) {
                long[] arguments = arguments(instruction);
                while (length + 2 + arguments.length > encoded.length) {
                    encoded = Arrays.copyOf(encoded, 2 * encoded.length);
                }
                encoded[length++] = instruction.opcode();
                encoded[length++] = arguments.length;
                System.arraycopy(arguments, 0, encoded, length, arguments.length);
                length += arguments.length;
            }
            this.code = Arrays.copyOf(encoded, length);
        }

        private long[] arguments(Instruction instruction) {
            return instruction.operands().stream()
                    .flatMapToLong(operand -> Arrays.stream(words(operand)))
                    .toArray();
        }

        private long[] words(Operand operand) {
            if (operand instanceof Operand.Word word) {
                return new long[] {word.value()};
            }
            if (operand instanceof Operand.Fixed fixed) {
                return new long[] {0, fixed.bits()};
            }
            if (operand instanceof Operand.OfUpdate number) {
                return new long[] {1, number.index()};
            }
            if (operand instanceof Operand.At at) {
                return place(at);
            }
            int column = drawn.indexOf(operand);
            if (column < 0) {
                column = drawn.size();
                drawn.add(operand);
            }
            return new long[] {1, updates + column};
        }

        private long[] place(Operand.At at) {
            Storage storage = at.storage();
            if (storage == null) {
                return new long[] {-1, 0, 0};
            }
            if (storage == resultsRecorded) {
                return new long[] {buffer(results), at.offset(), (long) Recorder.RESULT * resultsPerStep};
            }
            Long offset = plan.offsets().get(storage);
            return offset != null
                    ? new long[] {0, offset + at.offset(), 0}
                    : new long[] {buffer(storage), at.offset(), at.bytesPerStep()};
        }

        private int buffer(Storage storage) {
            @Nullable Integer known = buffers.get(storage);
            if (known == null) {
                known = memory.size();
                buffers.put(storage, known);
                memory.add(storage);
            }
            return known;
        }

        List<Storage> memory() {
            return memory;
        }

        long[] bytes() {
            return memory.stream().mapToLong(Storage::bytes).toArray();
        }

        long[] code() {
            return code;
        }

        int columns() {
            return updates + drawn.size();
        }

        List<Operand> drawn() {
            return drawn;
        }
    }
}
