package io.diapason.program;

import io.diapason.tensor.Storage;
import org.jspecify.annotations.Nullable;

/** An argument of a {@link KernelCall}, as {@code diapason.h} tells the arguments of a program's instruction. */
public sealed interface Argument {
    /**
     * A code, flag, size or stride.
     *
     * @param value the number
     */
    record Word(long value) implements Argument {}

    /**
     * A fraction, such as a learning rate.
     *
     * @param value the number
     */
    record Real(double value) implements Argument {}

    /**
     * A seed or a stream.
     *
     * @param value the number
     */
    record Whole(long value) implements Argument {}

    /**
     * Where an operand begins.
     *
     * @param storage its memory, or null where there is no operand
     * @param offset in bytes
     */
    record Place(@Nullable Storage storage, long offset) implements Argument {}
}
