/**
 * Randomness as a function: every random number is Philox4x32-10 of (seed, stream, index).
 *
 * <p>Initial weights, shuffles, dropout masks and sampler draws all come from {@link io.diapason.random.Rng}, so that
 * they are the same on every thread, machine and device, and after any crash. Nothing here holds mutable state.
 */
@NullMarked
package io.diapason.random;

import org.jspecify.annotations.NullMarked;
