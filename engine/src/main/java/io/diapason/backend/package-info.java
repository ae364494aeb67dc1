/**
 * The only code that knows a device: memory and kernels.
 *
 * <p>{@link io.diapason.backend.Backend} lists the kernel families; {@link io.diapason.backend.CpuBackend} maps them to
 * the native functions of {@code diapason.h}. Shapes were checked by {@code io.diapason.op} before a call arrives here.
 */
@NullMarked
package io.diapason.backend;

import org.jspecify.annotations.NullMarked;
