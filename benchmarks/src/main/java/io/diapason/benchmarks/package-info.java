/**
 * JMH benchmarks of the hot paths, one class each; the class names are what users type.
 *
 * <p>An {@link io.diapason.benchmarks.EngineBenchmark} makes its data in {@code @Setup}, from fixed seeds, in a scope
 * that it closes at the end; a benchmark method opens a scope for its temporaries and hands its result to a Blackhole.
 * {@link io.diapason.benchmarks.WorkRate} turns the times into rates. JMH subclasses the benchmarks, so they are the
 * one place where classes are not final and methods are public for a tool's sake.
 */
@NullMarked
package io.diapason.benchmarks;

import org.jspecify.annotations.NullMarked;
