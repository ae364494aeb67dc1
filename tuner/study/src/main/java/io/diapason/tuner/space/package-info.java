/**
 * What may be tried: parameters, their priors and conditions, and one assignment of values.
 *
 * <pre>
 *   space file ──► SpaceReader ─┐
 *                               ├──► SearchSpace ── assign(choice of each active Parameter) ──► Params
 *   SearchSpace.define(…) ──────┘          │
 *                                          └── check(Params): bounds, conditions, order
 * </pre>
 *
 * <p>Everything here is an immutable value. A {@link io.diapason.tuner.space.Parameter} maps a uniform number to a
 * value of its prior by its quantile function, so that samplers need to know uniform numbers alone.
 */
@NullMarked
package io.diapason.tuner.space;

import org.jspecify.annotations.NullMarked;
