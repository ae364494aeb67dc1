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

    /** The seed that a pass of the step draws from. */
    record OfSeed(int pass) implements Operand {}

    /** So many streams after the one that a pass of the step draws from. */
    record OfStream(int pass, long after) implements Operand {}

    /** Memory: at step s, so many bytes after the offset. */
    record At(@Nullable Storage storage, long offset, long bytesPerStep) implements Operand {}
}
