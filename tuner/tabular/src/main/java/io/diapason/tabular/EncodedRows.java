package io.diapason.tabular;

import io.diapason.data.Dataset;
import io.diapason.data.Table;
import io.diapason.data.TableEncoder;
import io.diapason.data.Task;
import io.diapason.data.ValueEncoder;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import io.diapason.train.Examples;

/**
 * Some rows of a table as a network takes them: on the heap for scoring, on the device for training. Read by all trials
 * at once.
 *
 * @param truth the rows with their targets in the table's units
 * @param examples the same rows, targets as the loss takes them
 */
record EncodedRows(Dataset truth, Examples examples) {
    /**
     * Encodes rows.
     *
     * @param scope owns the tensors
     * @param encoder fitted on training rows
     * @param table where the rows are
     * @param rows which
     */
    static EncodedRows of(Scope scope, TableEncoder encoder, Table table, int[] rows) {
        Dataset truth = encoder.dataset(table, rows);
        Tensor features = scope.of(Shape.of(truth.rows(), truth.width()), truth.features());
        Tensor targets = truth.task() == Task.CLASSIFICATION
                ? scope.of(Shape.of(truth.rows()), truth.classes())
                : scope.of(
                        Shape.of(truth.rows(), 1),
                        ((ValueEncoder) encoder.targetEncoder()).standardise(truth.values()));
        return new EncodedRows(truth, new Examples(features, targets));
    }
}
