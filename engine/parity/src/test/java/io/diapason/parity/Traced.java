package io.diapason.parity;

import java.util.List;

/**
 * What a computation gave.
 *
 * @param outputs compared; the gradient flows back from the first
 * @param leaves whose gradients are compared, or null entries
 */
record Traced<T>(List<T> outputs, List<T> leaves) {}
