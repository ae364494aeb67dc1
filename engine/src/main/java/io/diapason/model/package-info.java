/**
 * What is kept of a training: a model that turns rows of a table into predictions, and its file.
 *
 * <p>Table rows are encoded by {@link io.diapason.data.TableEncoder}, mapped by a network, and turned into
 * {@link io.diapason.model.Predictions}: probabilities of classes, or numbers in the target's units.
 */
@NullMarked
package io.diapason.model;

import org.jspecify.annotations.NullMarked;
