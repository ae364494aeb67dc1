/**
 * The guard of the hot path: each hot kernel beside a frozen plain one of its instruction set, and a floor of the ratio
 * of their speeds. {@code benchmarks/run guard}; {@code benchmarks/README.md} says why it is made so.
 */
@NullMarked
package io.diapason.benchmarks.guard;

import org.jspecify.annotations.NullMarked;
