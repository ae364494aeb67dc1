package io.diapason.backend;

import io.diapason.tensor.Tensor;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** A call of one function of {@code diapason.h}: it can be made, and told of. */
interface NativeCall {
    /** Makes the call; asks for its operands' memory, which refuses what was freed, itself. */
    int run();

    /** Tells of the call. */
    void tell(CallListener to);

    /** Where an operand begins. */
    record Operand(Tensor tensor, long bytes) {
        /** The first element of a tensor. */
        static Operand at(Tensor tensor) {
            return at(tensor, tensor.layout().offset());
        }

        /** An element of a tensor's storage. */
        static Operand at(Tensor tensor, long element) {
            return new Operand(tensor, element * tensor.dtype().bytes());
        }

        static @Nullable Operand ifGiven(@Nullable Tensor tensor) {
            return tensor == null ? null : at(tensor);
        }

        Pointer pointer() {
            return ((CpuMemory.Block) tensor.storage()).at(bytes);
        }

        static @Nullable Pointer pointerIfGiven(@Nullable Operand operand) {
            return operand == null ? null : operand.pointer();
        }

        static @Nullable Pointer pointerIfGiven(@Nullable Tensor tensor) {
            return tensor == null ? null : at(tensor).pointer();
        }
    }

    /** Tells a listener of a call: arguments in the function's order. */
    final class Told {
        private final CallListener to;

        Told(CallListener to, String name, int opcode) {
            this.to = to;
            to.begins(name, opcode);
        }

        Told words(long... values) {
            for (long value : values) {
                to.word(value);
            }
            return this;
        }

        Told reals(double... values) {
            for (double value : values) {
                to.real(value);
            }
            return this;
        }

        Told wholes(long... values) {
            for (long value : values) {
                to.whole(value);
            }
            return this;
        }

        Told places(@Nullable Operand... operands) {
            for (Operand operand : operands) {
                to.place(operand == null ? null : operand.tensor.storage(), operand == null ? 0 : operand.bytes);
            }
            return this;
        }

        void end() {
            to.ends();
        }
    }
}
