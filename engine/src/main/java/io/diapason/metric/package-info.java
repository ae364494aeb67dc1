/**
 * Metrics: how good predictions are, of classes and of numbers.
 *
 * <p>{@link io.diapason.metric.Metric} names each with its direction and task; {@link io.diapason.metric.Scores} holds
 * all of a task's, computed from probabilities and class codes, or from predictions and values.
 */
@NullMarked
package io.diapason.metric;

import org.jspecify.annotations.NullMarked;
