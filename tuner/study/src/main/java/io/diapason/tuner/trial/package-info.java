/**
 * What happened: the record of each finished trial, and the history that a sampler may see.
 *
 * <pre>
 *   TrialRecord = number, params, Outcome (complete | failed | pruned), reports, attributes, seconds
 *   History(n)  = records of jobs 0 … n-P, and the params alone of those between
 * </pre>
 *
 * <p>Everything here is an immutable value.
 */
@NullMarked
package io.diapason.tuner.trial;

import org.jspecify.annotations.NullMarked;
