package io.diapason.program;

import io.diapason.tensor.Storage;
import org.jspecify.annotations.Nullable;

/** An argument of an instruction: the same at each step, or following the step in a known way. */
sealed interface Operand {
    /** A code, flag, size or stride. */
    record Word(long value) implements Operand {}

    /** A number that never changes: the integer, or the bits of a double. */
    record Fixed(long bits) implements Operand {}

    /** The optimiser's number of this index. */
    record OfUpdate(int index) implements Operand {}

    /** The seed of the step's random numbers. */
    record OfSeed() implements Operand {}

    /** So many streams after the one of the step's random numbers. */
    record OfStream(long after) implements Operand {}

    /** Memory: at step s, so many bytes after the offset. */
    record At(@Nullable Storage storage, long offset, long bytesPerStep) implements Operand {}
}
