/**
 * Trained modules at work in an application.
 *
 * <pre>
 * Predictor: a module's forward pass, recorded once ─▶ float[] in ─▶ one native call ─▶ float[] out
 * </pre>
 *
 * <p>A table's model, with its columns and classes, is a {@code io.diapason.model.TabularModel}; this is for modules by
 * themselves.
 */
@NullMarked
package io.diapason.inference;

import org.jspecify.annotations.NullMarked;
