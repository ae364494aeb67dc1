/**
 * Losses and penalties: what training makes small.
 *
 * <p>A {@link io.diapason.loss.Loss} makes a scalar of predictions and targets, a {@link io.diapason.loss.Penalty} one
 * of parameters; their sum is what {@code backward()} differentiates. All of them are compositions of operations of
 * {@code io.diapason.op} and work in float32 and float64.
 */
@NullMarked
package io.diapason.loss;

import org.jspecify.annotations.NullMarked;
