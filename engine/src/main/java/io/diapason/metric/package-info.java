/**
 * Metrics: how good predictions are, of classes and of numbers.
 *
 * <p>Probabilities {@code [rows, classes]} with class codes, or predicted values with true ones, go into
 * {@link io.diapason.metric.Scores}, which computes every metric of the task at once; a
 * {@link io.diapason.metric.Metric} picks one of them by its label, and its {@link io.diapason.metric.Direction} says
 * which of two values is better.
 */
@NullMarked
package io.diapason.metric;

import org.jspecify.annotations.NullMarked;
