package io.diapason.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a CSV file (RFC 4180 with a header) into a {@link Table}, in one pass, or two when a column mixes kinds. */
final class CsvTableReader {
    /** FastCSV states the line on which a broken record starts only in its message. */
    private static final Pattern RECORD_LINE = Pattern.compile("record starting at line (\\d+)");

    private static final int MAX_COLUMNS = 1 << 20;
    private static final int MAX_CELL = 1 << 24;
    private static final int MAX_RECORD = 1 << 26;

    private final CsvSource source;
    private List<String> header = List.of();
    private int[] lines = new int[1024];
    private int rows;

    private CsvTableReader(CsvSource source) {
        this.source = source;
    }

    static Table read(Path path) {
        try {
            CsvSource source = CsvSource.of(path);
            try {
                return new CsvTableReader(source).read();
            } catch (UncheckedIOException e) {
                if (e.getCause() instanceof CharacterCodingException) {
                    throw notUtf8(source, e);
                }
                throw e.getCause();
            } catch (CharacterCodingException e) {
                throw notUtf8(source, e);
            }
        } catch (AccessDeniedException e) {
            throw new DataException(path + ": must be readable, got no permission to read it", e);
        } catch (IOException e) {
            throw new DataException(path + ": must be readable, got: " + e.getMessage(), e);
        }
    }

    private static DataException notUtf8(CsvSource source, Exception cause) throws IOException {
        return new DataException(
                source.name() + " line " + source.firstLineThatIsNotUtf8()
                        + ": must be UTF-8 text, got bytes that are not; save the file as UTF-8",
                cause);
    }

    private Table read() throws IOException {
        List<ColumnBuilder> builders = new ArrayList<>();
        pass(null, builders);
        Set<Integer> mixed = new HashSet<>();
        for (int i = 0; i < builders.size(); i++) {
            if (builders.get(i).mustBeReadAsWords()) {
                mixed.add(i);
            }
        }
        if (!mixed.isEmpty()) {
            pass(mixed, builders);
        }
        List<Column> columns = new ArrayList<>();
        for (ColumnBuilder builder : builders) {
            columns.add(builder.build());
        }
        return new Table(source.name(), columns, rows, Arrays.copyOf(lines, rows));
    }

    /** Fills the builders of all columns, or, the second time, replaces those of the mixed ones. */
    private void pass(@Nullable Set<Integer> mixed, List<ColumnBuilder> builders) throws IOException {
        rows = 0;
        var format = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE) // counted here, to say both counts
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false);
        var handler = CsvRecordHandler.builder()
                .maxFields(MAX_COLUMNS)
                .maxFieldSize(MAX_CELL)
                .maxRecordSize(MAX_RECORD)
                .build();
        try (CsvReader<CsvRecord> reader = format.build(handler, source.open())) {
            Iterator<CsvRecord> records = reader.iterator();
            if (!records.hasNext()) {
                throw new DataException(source.name() + ": must begin with a header line, got an empty file");
            }
            header = header(records.next());
            List<ColumnBuilder> filled = new ArrayList<>();
            for (int i = 0; i < header.size(); i++) {
                if (mixed == null) {
                    builders.add(new ColumnBuilder(i, header.get(i), false));
                } else if (mixed.contains(i)) {
                    builders.set(i, new ColumnBuilder(i, header.get(i), true));
                }
                if (mixed == null || mixed.contains(i)) {
                    filled.add(builders.get(i));
                }
            }
            readRows(records, filled);
        } catch (CsvParseException e) {
            throw malformed(e);
        }
    }

    private void readRows(Iterator<CsvRecord> records, List<ColumnBuilder> filled) {
        while (records.hasNext()) {
            CsvRecord record = records.next();
            if (record.getFieldCount() != header.size()) {
                throw new DataException(source.name() + " line " + record.getStartingLineNumber() + ": must have "
                        + count(header.size(), "cell") + " as the header has, got " + record.getFieldCount());
            }
            for (ColumnBuilder builder : filled) {
                builder.add(record.getField(builder.position()));
            }
            if (rows == lines.length) {
                lines = Arrays.copyOf(lines, rows + (rows >> 1));
            }
            lines[rows++] = (int) record.getStartingLineNumber();
        }
        if (rows == 0) {
            throw new DataException(source.name() + ": must have rows below its header, got none");
        }
    }

    private List<String> header(CsvRecord record) {
        String place = source.name() + " line " + record.getStartingLineNumber();
        Map<String, Integer> positions = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (String field : record.getFields()) {
            String name = field.strip();
            names.add(name);
            if (name.isEmpty()) {
                throw new DataException(
                        place + ": every column must have a name in the header, got none for column " + names.size());
            }
            @Nullable Integer earlier = positions.putIfAbsent(name, names.size());
            if (earlier != null) {
                throw new DataException(place + ": column names must differ, got «" + name + "» for columns " + earlier
                        + " and " + names.size());
            }
        }
        return List.copyOf(names);
    }

    private DataException malformed(CsvParseException e) {
        String message = String.valueOf(e.getMessage());
        Matcher line = RECORD_LINE.matcher(message);
        String place = source.name() + (line.find() ? " line " + line.group(1) : "");
        if (message.startsWith("Unexpected character after closing quote")) {
            return new DataException(
                    place
                            + ": a quoted cell must be followed by a comma or the line's end, got more text; write a quote"
                            + " within quotes twice",
                    e);
        }
        if (message.contains("nclosed quote") || message.contains("Unterminated")) {
            return new DataException(
                    place + ": a quoted cell must end with a quote, got the end of the file before one", e);
        }
        return new DataException(place + ": must be CSV as RFC 4180 has it, got: " + message, e);
    }

    private static String count(int n, String thing) {
        return n + " " + thing + (n == 1 ? "" : "s");
    }
}
