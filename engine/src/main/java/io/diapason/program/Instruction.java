package io.diapason.program;

import java.util.List;

/** A kernel call of every step. */
record Instruction(int opcode, List<Operand> operands) {}
