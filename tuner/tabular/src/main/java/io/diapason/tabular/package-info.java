/**
 * The built-in objective: a multilayer perceptron on a table.
 *
 * <p>{@link io.diapason.tabular.Tuning} follows one table from rows to a tested model: the schema decides columns and
 * task, rows are split into training, validation and test, a study trains one perceptron a trial
 * ({@link io.diapason.tabular.Hyperparameters} says what its parameters mean), and the winner is trained again on
 * training and validation rows and tested once.
 */
@NullMarked
package io.diapason.tabular;

import org.jspecify.annotations.NullMarked;
