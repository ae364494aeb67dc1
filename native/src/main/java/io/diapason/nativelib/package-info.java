/**
 * The native layer seen from Java: the kernels' bindings and how their library reaches the machine.
 *
 * <p>{@code diapason.h} is parsed by JavaCPP into {@code io.diapason.nativelib.generated.Kernels} (static methods that
 * take JavaCPP pointers and return a status). {@link io.diapason.nativelib.NativeLibrary} extracts the library once per
 * content, loads it and explains what went wrong when it cannot. Only the engine's back ends call into this package.
 */
@NullMarked
package io.diapason.nativelib;

import org.jspecify.annotations.NullMarked;
