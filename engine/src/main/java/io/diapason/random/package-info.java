/**
 * Randomness as a function: every random number is Philox4x32-10 of (seed, stream, index).
 *
 * <p>A seed makes an {@link io.diapason.random.Rng}; children by name or number are streams of their own
 * ({@code Rng.of(seed).child("training").child("dropout").child(epoch)}); an index into a stream gives a number, a
 * normal number or a permutation. Initial weights, shuffles, dropout masks and sampler draws all come from here, so
 * that they are the same on every thread, machine and device, and after any crash. Nothing here holds mutable state.
 */
@NullMarked
package io.diapason.random;

import org.jspecify.annotations.NullMarked;
