package io.diapason.benchmarks;

import io.diapason.data.Table;
import io.diapason.random.Rng;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Time of reading a CSV file into a table, in ms. Every fourth column holds one of eight words, the others decimal
 * numbers. The file lies in memory ({@code /dev/shm}) where the system has such a folder, else in the folder of
 * temporary files, where the system's cache holds it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ReadTable {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "diapason-read-table";

    /** Rows below the header. */
    @Param("10000")
    int rows;

    /** Columns. */
    @Param("20")
    int columns;

    private Path file;

    /** A benchmark without data. */
    public ReadTable() {}

    /**
     * Writes the file.
     *
     * @throws IOException when it cannot be written
     */
    @Setup
    public void setup() throws IOException {
        file = Files.isDirectory(MEMORY) && Files.isWritable(MEMORY)
                ? Files.createTempFile(MEMORY, PREFIX, ".csv")
                : Files.createTempFile(PREFIX, ".csv");
        Rng random = EngineBenchmark.random("cells");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int column = 0; column < columns; column++) {
                writer.append(column == 0 ? "" : ",").append("column").append(Integer.toString(column));
            }
            writer.append('\n');
            long cell = 0;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    writer.append(column == 0 ? "" : ",").append(cell(random, column, cell++));
                }
                writer.append('\n');
            }
        }
    }

    private static String cell(Rng random, int column, long index) {
        return column % 4 == 3 ? "word" + random.intAt(index, 8) : Float.toString(200 * random.floatAt(index) - 100);
    }

    /**
     * Reads the file.
     *
     * @return the table
     */
    @Benchmark
    public Table read() {
        return Table.readCsv(file);
    }

    /**
     * Deletes the file.
     *
     * @throws IOException when it cannot be deleted
     */
    @TearDown
    public void close() throws IOException {
        Files.delete(file);
    }

    static Work work(BenchmarkParams params) {
        return Work.cells(Integer.parseInt(params.getParam("rows")) * Integer.parseInt(params.getParam("columns")));
    }
}
