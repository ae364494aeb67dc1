package io.diapason.program;

import java.util.List;

/**
 * One call of a function of {@code diapason.h}.
 *
 * @param name of the kernel
 * @param opcode of the instruction that makes the same call, DP_OP_GEMM and the like
 * @param arguments in the function's order
 */
public record KernelCall(String name, int opcode, List<Argument> arguments) {}
