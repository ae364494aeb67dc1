package io.diapason.optim;

import io.diapason.tensor.HeapTensor;
import java.util.Map;

/** What restoring checks before it changes anything. */
final class States {
    private States() {}

    /** A state must hold the names of another, with their types and shapes. */
    static void requireLike(String op, Map<String, HeapTensor> wanted, Map<String, HeapTensor> state) {
        requireNames(op, wanted, state);
        wanted.forEach((name, tensor) -> requireKind(op, name, tensor, get(state, name)));
    }

    static void requireKind(String op, String name, HeapTensor wanted, HeapTensor got) {
        if (got.dtype() != wanted.dtype() || !got.shape().equals(wanted.shape())) {
            throw new IllegalArgumentException(op + ": " + name + " of a state must be " + wanted + ", got " + got);
        }
    }

    static void requireNames(String op, Map<String, ?> wanted, Map<String, HeapTensor> state) {
        for (String name : wanted.keySet()) {
            if (!state.containsKey(name)) {
                throw new IllegalArgumentException(op + ": a state must hold " + name
                        + ", got one without; it must come from an object made in the same way");
            }
        }
        for (String name : state.keySet()) {
            if (!wanted.containsKey(name)) {
                throw new IllegalArgumentException(op + ": a state must hold nothing unknown, got " + name
                        + "; it must come from an object made in the same way");
            }
        }
    }

    /** A count of a state that was found to have it. */
    static long count(String op, Map<String, HeapTensor> state, String name) {
        long count = get(state, name).asLong();
        if (count < 0) {
            throw new IllegalArgumentException(op + ": " + name + " of a state must be at least 0, got " + count);
        }
        return count;
    }

    static HeapTensor get(Map<String, HeapTensor> state, String name) {
        HeapTensor tensor = state.get(name);
        if (tensor == null) {
            throw new IllegalStateException("state: " + name + " must be there");
        }
        return tensor;
    }
}
