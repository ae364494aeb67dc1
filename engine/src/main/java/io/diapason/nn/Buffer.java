package io.diapason.nn;

import io.diapason.tensor.Tensor;

/**
 * A tensor that belongs to a module's state but that no optimiser changes, such as a running mean.
 *
 * @param name unique within its module, such as {@code 1.running_mean}
 * @param value of any type; changed in place
 */
public record Buffer(String name, Tensor value) implements Part {
    /**
     * The same buffer under another name.
     *
     * @param other the name
     * @return a buffer over the same value
     */
    public Buffer named(String other) {
        return new Buffer(other, value);
    }

    /**
     * The same buffer as part of a larger module.
     *
     * @param prefix the name of the part
     * @return a buffer named {@code prefix.name} over the same value
     */
    public Buffer within(String prefix) {
        return named(prefix + "." + name);
    }
}
