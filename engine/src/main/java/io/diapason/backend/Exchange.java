package io.diapason.backend;

import io.diapason.tensor.Shape;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import org.bytedeco.javacpp.FloatPointer;

/** Copies between the heap and one tensor, many times and without garbage; for one thread. */
public final class Exchange {
    private final RunningKernels running;
    private final Shape shape;
    private final Storage storage; // a tensor that was freed does not give it, and throws
    private final int elements;
    private final FloatPointer place;

    /** The tensor is float32 and dense. */
    Exchange(RunningKernels running, Tensor tensor) {
        this.running = running;
        this.shape = tensor.shape();
        this.storage = tensor.storage();
        this.elements = Math.toIntExact(tensor.elements());
        this.place = new FloatPointer(NativeCall.Operand.at(tensor).pointer());
    }

    /**
     * Copies an array of the heap into the tensor.
     *
     * @param values as many as the tensor has elements
     * @throws IllegalArgumentException when there are more or fewer
     * @throws IllegalStateException when the tensor was freed
     */
    public void put(float[] values) {
        int ticket = enter(values);
        try {
            place.put(values, 0, elements);
        } finally {
            running.exit(ticket);
        }
        storage.countChange();
    }

    /**
     * Copies the tensor into an array of the heap.
     *
     * @param values as many as the tensor has elements, filled
     * @throws IllegalArgumentException when there are more or fewer
     * @throws IllegalStateException when the tensor was freed
     */
    public void get(float[] values) {
        int ticket = enter(values);
        try {
            place.get(values, 0, elements);
        } finally {
            running.exit(ticket);
        }
    }

    /** From here on the memory stays, if it is still there. */
    private int enter(float[] values) {
        if (values.length != elements) {
            throw new IllegalArgumentException(
                    "exchange: there must be " + elements + " numbers for " + shape + ", got " + values.length);
        }
        Hearing.unheard("numbers are exchanged with the heap");
        int ticket = running.enter();
        if (!storage.isOpen()) {
            running.exit(ticket);
            throw new IllegalStateException(
                    "exchange: the tensor must be open, got one of shape " + shape + " that was freed");
        }
        return ticket;
    }
}
