/**
 * Optimisers. A sealed {@link io.diapason.optim.OptimizerConfig} says which and with what numbers; an
 * {@link io.diapason.optim.Optimizer} holds the state and changes parameters in place.
 */
@NullMarked
package io.diapason.optim;

import org.jspecify.annotations.NullMarked;
