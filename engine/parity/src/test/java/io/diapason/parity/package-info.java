/**
 * The engine beside libtorch. A {@link Case} draws {@link Operand}s; the same computation runs on our side and on
 * theirs, in float32 and float64; {@link Agreement} holds the criterion, and a {@link Family} counts cases and writes
 * its row of {@code target/parity/report.md}.
 */
@NullMarked
package io.diapason.parity;

import org.jspecify.annotations.NullMarked;
