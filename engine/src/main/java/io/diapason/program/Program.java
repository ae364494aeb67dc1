package io.diapason.program;

import io.diapason.autograd.Gradients;
import io.diapason.backend.Backend;
import io.diapason.backend.NativeProgram;
import io.diapason.backend.NativeRun;
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
    private final List<Recording> recorded;
    private final Set<Storage> examples;
    private final Layout layout;
    private final NativeProgram program;
    private final UpdateNumbers update;
    private final List<DType> resultTypes;
    private final Tensor results;
    private final Backend backend;
    private final long[][] identities; // of what each pass of a step draws from
    private long[] table = {};
    private int filled;
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
     * @param shares whether the optimiser has the same numbers for all parameters that it treated alike in the two
     *     steps, so that the table holds them once
     * @return the program
     * @throws NotReplayableException when the two differ in what a step's number does not explain, or one must not be
     *     replayed
     */
    public static Program of(
            Scope scope, Recording first, Recording second, Set<Storage> examples, int steps, boolean shares)
            throws NotReplayableException {
        List<Instruction> instructions = new Comparison(first, second, examples).instructions();
        return new Program(scope, first, second, examples, instructions, steps, shares);
    }

    private Program(
            Scope scope,
            Recording first,
            Recording second,
            Set<Storage> examples,
            List<Instruction> instructions,
            int steps,
            boolean shares) {
        this.recorded = List.of(first, second);
        this.examples = examples;
        this.resultTypes = first.resultTypes();
        this.results = scope.empty(DType.INT64, Shape.of(Math.multiplyExact(steps, resultTypes.size())));
        this.identities = new long[first.draws().size()][2];
        this.update = new UpdateNumbers(scope, first, second, shares);
        this.layout = new Layout(scope, first, Fusion.of(scope.device(), instructions, first.made()), results, update);
        this.backend = Backend.of(scope.device());
        this.program = backend.program(layout.bytes(), layout.code(), layout.columns(), steps);
    }

    /**
     * Compares one more recording with those that the program was made of.
     *
     * @param recording of another step of as many rows
     * @throws NotReplayableException when it is not like them
     */
    public void requireLike(Recording recording) throws NotReplayableException {
        Recording other = recorded.get(recording.step() == recorded.get(0).step() ? 0 : 1);
        new Comparison(other, recording, examples).instructions();
    }

    // ---- the table: the numbers of some steps, a row each; kept from run to run, so that a step leaves no garbage

    /**
     * Empties the table.
     *
     * @param steps how many rows it is to take
     */
    public void begin(int steps) {
        filled = 0;
        int words = Math.multiplyExact(steps, layout.columns());
        if (words > table.length) {
            table = new long[words];
        }
    }

    /**
     * Adds the row of the next step.
     *
     * @param masks of the epoch
     * @param pass the number of the step's first pass within the epoch; each draws from the child of its number
     * @param step the optimiser's step, run with gradients that hold nothing
     * @throws NotReplayableException when the step is not like those recorded
     */
    public void add(Rng masks, long pass, Consumer<Gradients> step) throws NotReplayableException {
        int row = filled * layout.columns();
        update.fill(table, row, step);
        int at = row + update.columns();
        List<Operand> drawn = layout.drawn();
        for (int i = 0; i < identities.length && !drawn.isEmpty(); i++) {
            masks.child(pass + i, identities[i]);
        }
        for (int i = 0; i < drawn.size(); i++) {
            table[at + i] = drawn.get(i) instanceof Operand.OfStream stream
                    ? identities[stream.pass()][1] + stream.after()
                    : identities[((Operand.OfSeed) drawn.get(i)).pass()][0];
        }
        filled++;
    }

    // ---- the run

    /**
     * Adds the steps of the table to what runs next.
     *
     * @param run which
     * @param first the number of the first step, within its epoch
     */
    public void addTo(NativeRun run, long first) {
        run.append(program, layout.memory(), first, filled, table, layout.columns());
        readFrom = first * resultTypes.size();
    }

    /** Takes in the results of the steps of the table, after they ran. */
    public void ran() {
        int from = Math.toIntExact(readFrom);
        int count = filled * resultTypes.size();
        if (count > read.length) {
            read = new long[count];
        }
        backend.read(results.rows(from, from + count), read);
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
        private final UpdateNumbers update;
        private final List<Operand> drawn = new ArrayList<>();
        private final long[] code;

        Layout(Scope scope, Recording recording, Fusion fusion, Tensor results, UpdateNumbers update) {
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
            this.update = update;
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
                return new long[] {1, update.columnOf(number.index())};
            }
            if (operand instanceof Operand.At at) {
                return place(at);
            }
            int column = drawn.indexOf(operand);
            if (column < 0) {
                column = drawn.size();
                drawn.add(operand);
            }
            return new long[] {1, update.columns() + column};
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
            return update.columns() + drawn.size();
        }

        List<Operand> drawn() {
            return drawn;
        }
    }
}
