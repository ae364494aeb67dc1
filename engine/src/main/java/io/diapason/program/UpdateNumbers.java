package io.diapason.program;

import io.diapason.autograd.Gradients;
import io.diapason.backend.Backend;
import io.diapason.backend.CallListener;
import io.diapason.backend.Hearing;
import io.diapason.program.Argument.Place;
import io.diapason.program.Argument.Real;
import io.diapason.program.Argument.Whole;
import io.diapason.program.Argument.Word;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of an optimiser's steps: its code runs as for any step, but no kernel does. What it asks of kernels must
 * be what was recorded, but for the numbers, which go into a row of the program's table; numbers that are the same for
 * several parameters share a column. A step of an optimiser that makes no tensors of its own leaves no garbage.
 */
final class UpdateNumbers implements CallListener {
    private final Device device;
    private final Recording recorded;
    private final IdentityHashMap<Storage, Place> recordedOf =
            new IdentityHashMap<>(); // of what stands in for gradients
    private final IdentityHashMap<Storage, Place> madeOf =
            new IdentityHashMap<>(); // of what stands in for the step's own tensors
    private final Gradients gradients;
    private final int[] columnOf; // of each number, in the order of the recording
    private final boolean[] opens; // whether it is the first of its column
    private final int columns;
    private final Runnable listened = this::step;
    private final Hearing hearing;
    private long[] row = {};
    private int at; // where the numbers begin in the row
    private int number;
    private @Nullable Consumer<Gradients> step;
    private boolean begun;
    private int next; // call
    private List<Argument> arguments = List.of(); // of the call that is being told, as recorded
    private int argument;
    private String name = "";
    private @Nullable String difference;

    /**
     * The scope owns what stands in for gradients; it holds no memory.
     *
     * @param shares whether numbers that two recordings could not tell apart share a column
     */
    UpdateNumbers(Scope scope, Recording first, Recording second, boolean shares) {
        this.device = scope.device();
        this.recorded = first;
        List<Gradients> made = new ArrayList<>();
        this.hearing = Backend.hearing(device, this);
        hearing.run(
                () -> made.add(Gradients.accumulator(scope, first.gradients().keySet())));
        this.gradients = made.get(0);
        first.gradients().forEach((leaf, place) -> {
            Tensor gradient = gradients.of(leaf);
            if (gradient != null) {
                recordedOf.put(gradient.storage(), place);
            }
        });
        List<Key> keys = keys(first, second);
        this.columnOf = new int[keys.size()];
        this.opens = new boolean[keys.size()];
        Map<Object, Integer> columnOfKey = new LinkedHashMap<>();
        for (int i = 0; i < columnOf.length; i++) {
            Integer known = columnOfKey.putIfAbsent(shares ? keys.get(i) : i, columnOfKey.size());
            opens[i] = known == null;
            columnOf[i] = known == null ? columnOfKey.size() - 1 : known;
        }
        this.columns = columnOfKey.size();
        this.begun = true;
    }

    /**
     * Numbers that share a column: the same argument of the same kernel, in calls whose numbers are all equal in both
     * recordings. To compare the argument alone would not do: RAdam with another beta2 begins to rectify at another
     * step, and until then says the same of it.
     */
    private record Key(int opcode, int argument, List<Long> one, List<Long> other) {}

    private static List<Key> keys(Recording first, Recording second) {
        List<Key> keys = new ArrayList<>();
        for (int call = first.updateFrom(); call < first.calls().size(); call++) {
            KernelCall one = first.calls().get(call);
            List<Long> numbers = numbers(one);
            List<Long> others = numbers(second.calls().get(call));
            for (int i = 0; i < one.arguments().size(); i++) {
                if (isNumber(one.arguments().get(i))) {
                    keys.add(new Key(one.opcode(), i, numbers, others));
                }
            }
        }
        return keys;
    }

    private static List<Long> numbers(KernelCall call) {
        return call.arguments().stream()
                .filter(UpdateNumbers::isNumber)
                .map(UpdateNumbers::bits)
                .toList();
    }

    /** Whether an argument of the optimiser's calls may be another at each step. */
    static boolean isNumber(Argument argument) {
        return argument instanceof Real || argument instanceof Whole;
    }

    private static long bits(Argument number) {
        return number instanceof Real real ? Double.doubleToRawLongBits(real.value()) : ((Whole) number).value();
    }

    /** How many columns the numbers take. */
    int columns() {
        return columns;
    }

    /** The column of a number, in the order of the recording. */
    int columnOf(int index) {
        return columnOf[index];
    }

    /** Runs the optimiser's code of one step with gradients that hold nothing, and puts its numbers into a row. */
    void fill(long[] table, int from, Consumer<Gradients> stepOfOptimizer) throws NotReplayableException {
        row = table;
        at = from;
        number = 0;
        next = recorded.updateFrom();
        difference = null;
        madeOf.clear();
        step = stepOfOptimizer;
        hearing.run(listened);
        if (difference == null && next != recorded.calls().size()) {
            difference = "it makes fewer calls";
        }
        if (difference != null) {
            throw new NotReplayableException("a step of the optimiser is not like the others: " + difference);
        }
    }

    private void step() {
        java.util.Objects.requireNonNull(step).accept(gradients);
    }

    // ---- what is heard

    @Override
    public Storage allocate(Backend backend, long bytes) {
        return new StandIn(device, bytes);
    }

    @Override
    public boolean executes() {
        return false;
    }

    @Override
    public void begins(String kernel, int opcode) {
        arguments = List.of();
        argument = 0;
        name = kernel;
        if (!begun || difference != null) {
            return;
        }
        if (next == recorded.calls().size()) {
            difference = "it makes more calls";
            return;
        }
        KernelCall before = recorded.calls().get(next++);
        if (opcode != before.opcode()) {
            difference = kernel + " takes the place of " + before.name();
            return;
        }
        arguments = before.arguments();
    }

    /** The recorded argument at this place, or null when the call is not compared. */
    private @Nullable Argument recordedArgument() {
        return argument < arguments.size() ? arguments.get(argument++) : null;
    }

    @Override
    public void word(long value) {
        Argument before = recordedArgument();
        if (before != null && !(before instanceof Word word && word.value() == value)) {
            differ();
        }
    }

    @Override
    public void real(double value) {
        number(Double.doubleToRawLongBits(value));
    }

    @Override
    public void whole(long value) {
        number(value);
    }

    private void number(long bits) {
        Argument before = recordedArgument();
        if (before == null) {
            return;
        }
        if (!isNumber(before)) {
            differ();
            return;
        }
        int column = at + columnOf[number];
        if (opens[number++]) {
            row[column] = bits;
        } else if (row[column] != bits) {
            differ();
        }
    }

    @Override
    public void place(@Nullable Storage storage, long offset) {
        Argument before = recordedArgument();
        if (before != null && !(before instanceof Place was && same(was, storage, offset))) {
            differ();
        }
    }

    private boolean same(Place was, @Nullable Storage storage, long offset) {
        if (storage == null || was.storage() == null) {
            return storage == was.storage();
        }
        if (!(storage instanceof StandIn)) {
            return storage == was.storage() && offset == was.offset();
        }
        Place known = recordedOf.get(storage);
        if (known == null) {
            known = madeOf.computeIfAbsent(storage, none -> new Place(was.storage(), 0));
        }
        return known.storage() == was.storage() && known.offset() + offset == was.offset();
    }

    @Override
    public void ends() {
        if (difference == null && argument < arguments.size()) {
            differ();
        }
    }

    @Override
    public void written(Object values, Tensor y) {
        if (difference == null) {
            difference = "numbers of the heap are copied";
        }
    }

    @Override
    public void read(Tensor x) {
        if (difference == null) {
            difference = "numbers of a tensor are read";
        }
    }

    @Override
    public void unheard(String what) {
        if (difference == null) {
            difference = what;
        }
    }

    /** Keeps the first difference. */
    private void differ() {
        if (difference == null) {
            difference = "argument " + (argument - 1) + " of " + name;
        }
    }
}
