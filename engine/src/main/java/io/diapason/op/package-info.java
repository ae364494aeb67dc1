/**
 * Every operation, stated once: its name, its shape rule, its kernel and its vector-Jacobian product side by side, one
 * file a family.
 *
 * <p>The static methods are what {@code nn}, {@code loss} and users call; each makes an {@link io.diapason.op.Op} and
 * hands it to {@link io.diapason.autograd.Autograd#apply}. Vector-Jacobian products are written in operations, too.
 */
@NullMarked
package io.diapason.op;

import org.jspecify.annotations.NullMarked;
