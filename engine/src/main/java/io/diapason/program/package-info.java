/**
 * A training step as a list of kernel calls, recorded once and replayed natively.
 *
 * <pre>
 * a step, as ever ─▶ Backend ─▶ kernels
 *                      └ CallListener: Recorder ─▶ Recording ─┐
 * another step    ─▶ …                          ─▶ Recording ─┤
 *                                                             ▼
 *                  Comparison: what is the same, what follows the step's number, or NotReplayableException
 *                                                             ▼
 *                  Fusion: activation with dropout, masks kept, cross-entropy with its gradient ─▶ MemoryPlan: temporaries by lifetime ─▶ Program ─▶ NativeRun, one call for many steps of several programs
 *                                                             ▲
 * an optimiser's step that runs nothing ─▶ UpdateNumbers ─▶ a row of its table a step
 * </pre>
 *
 * <p>Operations know nothing of this: what they ask of a back end is heard there, so that modules, losses and
 * optimisers of one's own are recorded as the engine's are. What was allocated while a step ran is a temporary; what
 * was there before is read and written in its place; what came from the heap is a constant. Two recordings of different
 * steps must be equal but for what a step's number explains: the place in the examples or their order, the random
 * streams of the pass, and the numbers of the optimiser. Whatever looks at a tensor's numbers may decide by them, so it
 * refuses the recording. A pass over validation examples is recorded likewise, without an optimiser.
 */
@NullMarked
package io.diapason.program;

import org.jspecify.annotations.NullMarked;
