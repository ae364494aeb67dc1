/** What JavaCPP needs to know to parse {@code diapason.h} and to find the built library. */
@NullMarked
package io.diapason.nativelib.presets;

import org.jspecify.annotations.NullMarked;
