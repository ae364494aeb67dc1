package io.diapason.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.diapason.data.ClassEncoder;
import io.diapason.data.DataException;
import io.diapason.data.Table;
import io.diapason.model.Predictions;
import io.diapason.model.TabularModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A table's cells as the file has them, blanks included, with predictions after them. The file is read a second time,
 * because the table keeps what cells mean and not how they were written.
 *
 * @param file the CSV file
 * @param table what it was read to
 */
record PredictedRows(Path file, Table table) {
    private static final String PREDICTION = "prediction";
    private static final int MAX_COLUMNS = 1 << 20;
    private static final int MAX_CELL = 1 << 24;
    private static final int MAX_RECORD = 1 << 26;

    /**
     * Refuses a table that has a column of a name that predictions would take, such as one that was predicted before.
     */
    void requireNewColumns(TabularModel model) {
        List<String> added = model.encoder().targetEncoder() instanceof ClassEncoder encoder
                ? columns(encoder.classes())
                : List.of(PREDICTION);
        for (String column : added) {
            if (table.find(column).isPresent()) {
                throw new DataException(table.name() + ": must have no column «" + column
                        + "», which predict adds, got one; was it predicted before? Leave the column out or rename it");
            }
        }
    }

    private static List<String> columns(List<String> classes) {
        List<String> columns = new ArrayList<>(List.of(PREDICTION));
        classes.forEach(name -> columns.add("p_" + name));
        return columns;
    }

    /** Writes header and rows; the stream stays open. */
    void write(Predictions predictions, OutputStream out) throws IOException {
        var handler = CsvRecordHandler.builder()
                .maxFields(MAX_COLUMNS)
                .maxFieldSize(MAX_CELL)
                .maxRecordSize(MAX_RECORD)
                .build();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().detectBomHeader(true).build(handler, file)) {
            CsvWriter writer =
                    CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
            Iterator<CsvRecord> records = reader.iterator();
            List<String> cells = new ArrayList<>(next(records));
            cells.addAll(
                    predictions instanceof Predictions.OfClasses ofClasses
                            ? columns(ofClasses.classes())
                            : List.of(PREDICTION));
            writer.writeRecord(cells);
            for (int row = 0; row < predictions.rows(); row++) {
                cells = new ArrayList<>(next(records));
                addPrediction(cells, predictions, row);
                writer.writeRecord(cells);
            }
            if (records.hasNext()) {
                throw changed();
            }
            writer.flush();
        }
    }

    private static void addPrediction(List<String> cells, Predictions predictions, int row) {
        if (predictions instanceof Predictions.OfClasses ofClasses) {
            cells.add(ofClasses.label(row));
            for (int code = 0; code < ofClasses.classes().size(); code++) {
                cells.add(Double.toString(ofClasses.probability(row, code)));
            }
        } else if (predictions instanceof Predictions.OfValues ofValues) {
            cells.add(Double.toString(ofValues.values()[row]));
        }
    }

    private List<String> next(Iterator<CsvRecord> records) {
        if (!records.hasNext()) {
            throw changed();
        }
        return records.next().getFields();
    }

    private DataException changed() {
        return new DataException(table.name() + ": must stay as it is while it is predicted, got other rows the second"
                + " time it was read");
    }
}
