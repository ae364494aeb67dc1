/**
 * The only code that knows a device: memory and kernels.
 *
 * <pre>
 * Scope.empty ──────▶ Backend.allocate ─▶ pool of freed blocks, else the system's memory ─▶ Storage
 * Op.forward ───────▶ Backend.KERNEL ───▶ layouts as addresses and strides ─▶ a function of diapason.h ─▶ the output's memory
 *                                                                               └─ its status ─▶ an exception
 *                                          └─ Backend.listening: CallListener hears the same call, argument by argument
 * Program ──────────▶ NativeProgram ────▶ NativeRun: dp_programs_run, many such calls of several programs at once
 * </pre>
 *
 * <p>{@link io.diapason.backend.Backend} lists the kernel families, with {@link io.diapason.backend.ElementKernels} and
 * {@link io.diapason.backend.OptimizerKernels} as parts of it; {@code CpuBackend}, with {@code CpuElements} and
 * {@code CpuOptimizers}, maps them to the native functions of {@code diapason.h}, several calls where operands have
 * more uneven axes than a kernel takes. A call is a {@code NativeCall}, which states the function and its arguments
 * once, for those who make it and those who record it. Shapes and types were checked by {@code io.diapason.op} before a
 * call arrives here. A block that is freed serves the next request of its size; {@link io.diapason.backend.MemoryUse}
 * counts to the byte. Pointers never leave this package.
 */
@NullMarked
package io.diapason.backend;

import org.jspecify.annotations.NullMarked;
