package io.diapason.data;

/**
 * How a table becomes a {@link Dataset}: features and target; plain data, fitted on the training rows.
 *
 * @param preprocessing how features are made
 * @param target the name of the column to predict
 * @param targetEncoder how the target is made
 */
public record TableEncoder(Preprocessing preprocessing, String target, TargetEncoder targetEncoder) {
    /**
     * Fits features and target. The classes are the schema's, so that one that the training rows lack still has its
     * place.
     *
     * @param schema what is learned
     * @param table the table the schema was made of
     * @param rows the training rows, among the schema's labelled rows
     * @return the encoder
     * @throws DataException when rows are empty or have no target
     */
    public static TableEncoder fit(Schema schema, Table table, int[] rows) {
        Preprocessing preprocessing = Preprocessing.fit(table, schema.features(), rows);
        TargetEncoder targetEncoder = schema.task() == Task.CLASSIFICATION
                ? new ClassEncoder(schema.classes())
                : ValueEncoder.fit(ValueEncoder.values(table, schema.target(), rows));
        return new TableEncoder(preprocessing, schema.target(), targetEncoder);
    }

    /**
     * Rows to learn from or to evaluate on.
     *
     * @param table a table that has every column fitted on and the target
     * @param rows rows that have a target (see {@link Table#rowsWith})
     * @return features, and class codes or the target's numbers as they are in the table
     * @throws DataException when a column or a target is missing, or a cell is not what it must be
     */
    public Dataset dataset(Table table, int[] rows) {
        float[] features = preprocessing.transform(table, rows);
        int width = preprocessing.width();
        if (targetEncoder instanceof ClassEncoder classes) {
            return Dataset.classification(
                    features,
                    width,
                    classes.codes(table, target, rows),
                    classes.classes().size());
        }
        return Dataset.regression(features, width, ValueEncoder.values(table, target, rows));
    }
}
