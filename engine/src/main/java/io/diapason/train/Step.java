package io.diapason.train;

/**
 * One finished step of the optimiser.
 *
 * @param epoch it belongs to, from 1
 * @param number within the epoch, from 1
 * @param loss of its batch before the step, penalty included
 * @param gradientNorm of all gradients together before they were clipped, NaN when nothing clips their norm
 * @param learningRateFactor what schedules multiplied the learning rate by
 */
public record Step(int epoch, int number, double loss, double gradientNorm, double learningRateFactor) {}
