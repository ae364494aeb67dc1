package io.diapason.program;

import io.diapason.autograd.Gradients;
import io.diapason.backend.Argument;
import io.diapason.backend.Argument.Place;
import io.diapason.backend.Argument.Real;
import io.diapason.backend.Argument.Whole;
import io.diapason.backend.Backend;
import io.diapason.backend.CallListener;
import io.diapason.backend.KernelCall;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of an optimiser's steps: its code runs as for any step, but no kernel does. What it asks of kernels must
 * be what was recorded, but for the numbers.
 */
final class UpdateNumbers implements CallListener {
    private final Device device;
    private final Recording recorded;
    private final Map<Storage, Place> recordedOf = new LinkedHashMap<>(); // of what stands in for memory
    private final Gradients gradients;
    private final List<Argument> numbers = new ArrayList<>();
    private boolean begun;
    private int next;
    private @Nullable String difference;

    /** The scope owns what stands in for gradients; it holds no memory. */
    UpdateNumbers(Scope scope, Recording recorded) {
        this.device = scope.device();
        this.recorded = recorded;
        List<Gradients> made = new ArrayList<>();
        Backend.listening(
                device,
                this,
                () -> made.add(Gradients.accumulator(scope, recorded.gradients().keySet())));
        this.gradients = made.get(0);
        recorded.gradients().forEach((leaf, place) -> {
            Tensor gradient = gradients.of(leaf);
            if (gradient != null) {
                recordedOf.put(gradient.storage(), place);
            }
        });
        this.begun = true;
    }

    /** Runs the optimiser's code of one step with gradients that hold nothing, and gives its numbers in order. */
    List<Argument> of(Consumer<Gradients> step) throws NotReplayableException {
        numbers.clear();
        next = recorded.updateFrom();
        difference = null;
        Backend.listening(device, this, () -> step.accept(gradients));
        if (difference == null && next != recorded.calls().size()) {
            difference = "it makes fewer calls";
        }
        if (difference != null) {
            throw new NotReplayableException("a step of the optimiser is not like the others: " + difference);
        }
        return numbers;
    }

    @Override
    public Storage allocate(Backend backend, long bytes) {
        return new StandIn(device, bytes);
    }

    @Override
    public boolean executes() {
        return false;
    }

    @Override
    public void called(KernelCall call) {
        if (!begun) {
            return;
        }
        if (next == recorded.calls().size()) {
            differ("it makes more calls");
            return;
        }
        KernelCall before = recorded.calls().get(next++);
        if (call.opcode() != before.opcode()) {
            differ(call.name() + " takes the place of " + before.name());
            return;
        }
        for (int i = 0; i < call.arguments().size(); i++) {
            Argument argument = call.arguments().get(i);
            if (argument instanceof Real || argument instanceof Whole) {
                numbers.add(argument);
            } else if (!same(before.arguments().get(i), argument)) {
                differ("argument " + i + " of " + call.name());
            }
        }
    }

    private boolean same(Argument before, Argument now) {
        if (!(before instanceof Place was) || !(now instanceof Place is)) {
            return before.equals(now);
        }
        Storage storage = is.storage();
        if (storage == null || was.storage() == null) {
            return storage == was.storage();
        }
        if (!(storage instanceof StandIn)) {
            return storage == was.storage() && is.offset() == was.offset();
        }
        Place known = recordedOf.computeIfAbsent(storage, none -> new Place(was.storage(), 0));
        return known.storage() == was.storage() && known.offset() + is.offset() == was.offset();
    }

    @Override
    public void written(Object values, Tensor y) {
        differ("numbers of the heap are copied");
    }

    @Override
    public void read(Tensor x) {
        differ("numbers of a tensor are read");
    }

    private void differ(String what) {
        if (difference == null) {
            difference = what;
        }
    }
}
