package io.diapason.backend;

import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** A call of one function of {@code diapason.h}: it can be made, and told of. */
interface NativeCall {
    /** Makes the call; asks for its operands' memory, which refuses what was freed, itself. */
    int run();

    /** Tells of the call. */
    KernelCall described();

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
    }

    /** Collects a call's arguments in the function's order. */
    final class Described {
        private final String name;
        private final int opcode;
        private final List<Argument> arguments = new ArrayList<>();

        Described(String name, int opcode) {
            this.name = name;
            this.opcode = opcode;
        }

        Described words(long... values) {
            for (long value : values) {
                arguments.add(new Argument.Word(value));
            }
            return this;
        }

        Described reals(double... values) {
            for (double value : values) {
                arguments.add(new Argument.Real(value));
            }
            return this;
        }

        Described wholes(long... values) {
            for (long value : values) {
                arguments.add(new Argument.Whole(value));
            }
            return this;
        }

        Described places(@Nullable Operand... operands) {
            for (Operand operand : operands) {
                Storage storage = operand == null ? null : operand.tensor.storage();
                arguments.add(new Argument.Place(storage, operand == null ? 0 : operand.bytes));
            }
            return this;
        }

        KernelCall call() {
            return new KernelCall(name, opcode, List.copyOf(arguments));
        }
    }
}
