/**
 * Tables: how a CSV file is read, what its columns are for, and how its rows become numbers to learn from.
 *
 * <pre>
 * file.csv ─ Table.readCsv ─▶ Table of typed Columns (numeric, boolean, categorical)
 *                               │
 *               Schema.of(table, target): task, a role for each column, notes and warnings
 *                               │
 *          Split, Folds: rows ─▶ train rows, test rows (Rng, stratified for classes)
 *                               │
 *     TableEncoder.fit(schema, table, train rows) = Preprocessing (features) + TargetEncoder (target)
 *                               │
 *        encoder.dataset(table, rows) ─▶ Dataset: float[] features [rows, width] and the targets
 * </pre>
 *
 * <p>Everything is immutable. What is fitted is plain data (records), so that a model file can hold it. What a user got
 * wrong is a {@link io.diapason.data.DataException}, one sentence that names the file and the line.
 */
@NullMarked
package io.diapason.data;

import org.jspecify.annotations.NullMarked;
