/**
 * Losses and penalties: what training makes small.
 *
 * <pre>
 * prediction, target ─▶ Loss ─▶ one number an element or row ─ Reduce ─▶ scalar ┐
 * parameters ───────────▶ Penalty ─▶ scalar, or nothing ────────────────────────┴─ plus ─▶ backward()
 * </pre>
 *
 * <p>A {@link io.diapason.loss.Loss} makes a scalar of predictions and targets, by the mean unless
 * {@link io.diapason.loss.Reduce} says otherwise; a {@link io.diapason.loss.Penalty} makes one of chosen parameters;
 * their sum is what {@code backward()} differentiates. {@link io.diapason.loss.Loss#weight} says how much a batch
 * counts beside others, {@link io.diapason.loss.ClassWeights} how much a class should. All of them are compositions of
 * operations of {@code io.diapason.op} and work in float32 and float64.
 */
@NullMarked
package io.diapason.loss;

import org.jspecify.annotations.NullMarked;
