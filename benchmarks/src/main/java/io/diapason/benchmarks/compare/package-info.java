/**
 * Ours beside the peers, in one run: {@code benchmarks/run steps gemm job}. Each of the two runs in processes of its
 * own, which take turns on one core; what is reported are ratios of times of the same round.
 */
@NullMarked
package io.diapason.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
