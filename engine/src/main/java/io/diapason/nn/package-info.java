/**
 * Modules: functions with parameters, from a single layer to a multilayer perceptron.
 *
 * <p>A {@link io.diapason.nn.Module} maps a batch to a batch within a {@link io.diapason.nn.Pass}, which says whether
 * this is training and where random numbers come from. Parameters live in the scope that the module was made with.
 */
@NullMarked
package io.diapason.nn;

import org.jspecify.annotations.NullMarked;
