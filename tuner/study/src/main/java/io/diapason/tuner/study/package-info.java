/**
 * A study: a deterministic sequence of jobs, run by any number of threads.
 *
 * <pre>
 *   Study.run ─► StudyRun ── workers take the next job ─► JobSequence.history ─► Sampler ─► Params
 *                   │                                                                        │
 *                   │        JobSequence.finish ◄── TrialRecord ◄── Objective.evaluate(Trial)◄┘
 *                   └─ queue of StudyEvents ─► StudyListener, on the thread that called run
 * </pre>
 *
 * <p>Job n is decided from the results of jobs 0 … n-P alone, whatever finished first.
 */
@NullMarked
package io.diapason.tuner.study;

import org.jspecify.annotations.NullMarked;
