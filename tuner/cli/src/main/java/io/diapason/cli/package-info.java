/**
 * The command line: results to standard output, progress, notes and errors to standard error.
 *
 * <p>{@link io.diapason.cli.Main} reads the arguments with picocli and turns every failure into one sentence and an
 * exit code. {@code tune} and {@code train} become a tuning's configuration, run by one search with progress and
 * Ctrl-C, then written as text or JSON; {@code predict} and {@code evaluate} load a model and a table; {@code doctor}
 * looks at the machine.
 */
@NullMarked
package io.diapason.cli;

import org.jspecify.annotations.NullMarked;
