/**
 * What to try next: pure functions of (space, history, seed, trial number).
 *
 * <pre>
 *   Sampler ◄── RandomSampler   each active parameter from its prior
 *           ◄── GridSampler     Grid (components of the space) × EvenOrder (which point is job n)
 * </pre>
 *
 * <p>No sampler has state of its own: the same question has the same answer, in any order, on any thread, after any
 * crash.
 */
@NullMarked
package io.diapason.tuner.sampler;

import org.jspecify.annotations.NullMarked;
