package io.diapason.train;

/**
 * One finished epoch.
 *
 * @param number from 1
 * @param trainingLoss mean over its steps, penalty included
 * @param validation the monitored value, NaN when nothing is monitored
 * @param best whether it is the best so far
 */
public record Epoch(int number, double trainingLoss, double validation, boolean best) {}
