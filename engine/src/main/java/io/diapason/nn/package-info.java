/**
 * Modules: functions with parameters, from a single layer to a multilayer perceptron.
 *
 * <p>A {@link io.diapason.nn.Module} maps a batch to a batch within a {@link io.diapason.nn.Pass}, which says whether
 * this is training and where random numbers come from. It says what it is made of ({@link io.diapason.nn.Parts}:
 * parameters, buffers, further modules); names, the list of parameters and the state follow from that. Parameters and
 * buffers live in the scope that the module was made with, and begin as an {@link io.diapason.nn.Init} draws them.
 *
 * <pre>
 * Rng ─▶ Init ─▶ Parameter ┐
 *                   Buffer ├─▶ Parts ◀─ Module ◀─ Sequential, Residual, Mlp: modules of modules
 *                   Module ┘              │
 *        x ──────────────────▶ forward(x, Pass) ──▶ y, by operations of io.diapason.op, which record their gradients
 *                              parameters() ──▶ optimisers;  state(), restore() ──▶ checkpoints and files
 * </pre>
 *
 * <p>A module of one's own:
 *
 * <pre>{@code
 * record Scaled(Parameter factor) implements Module {   // y = factor · x
 *     Scaled(Scope scope, int features) {
 *         this(new Parameter("factor", scope.ones(Shape.of(features)), Parameter.Kind.WEIGHT));
 *     }
 *
 *     public Tensor forward(Tensor x, Pass pass) {
 *         return x.times(factor.value());
 *     }
 *
 *     public Parts parts() {
 *         return Parts.of("factor", factor);
 *     }
 * }
 * }</pre>
 *
 * <p>Weights are {@code [in, out]} in memory; files that others read hold {@code [out, in]}.
 */
@NullMarked
package io.diapason.nn;

import org.jspecify.annotations.NullMarked;
