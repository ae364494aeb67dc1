package io.diapason.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvErrorsTest {
    @TempDir
    Path folder;

    private static void refused(String message, Path path) {
        assertEquals(
                message,
                assertThrows(DataException.class, () -> Table.readCsv(path)).getMessage());
    }

    private void refused(String message, String name, String text) {
        refused(message, new CsvFiles(folder).write(name, text));
    }

    @Test
    void missingFileIsRefused() {
        Path path = folder.resolve("nowhere.csv");
        refused(path + ": must be a CSV file, but no such file exists", path);
    }

    @Test
    void folderIsRefused() {
        refused(folder + ": must be a CSV file, got a folder", folder);
    }

    @Test
    void unreadableFileIsRefusedWithTheReason() {
        // A file that exists and whose first page cannot be read, by the superuser neither.
        Path memory = Path.of("/proc/self/mem");
        assumeTrue(Files.isRegularFile(memory), "skipped: needs Linux's /proc/self/mem");
        refused("/proc/self/mem: must be readable, got: Input/output error", memory);
    }

    @Test
    void emptyFileIsRefused() {
        refused("empty.csv: must begin with a header line, got an empty file", "empty.csv", "");
        refused("blank.csv: must begin with a header line, got an empty file", "blank.csv", "\n\n");
    }

    @Test
    void headerWithoutRowsIsRefused() {
        refused("h.csv: must have rows below its header, got none", "h.csv", "a,b\n");
    }

    @Test
    void repeatedAndEmptyNamesAreRefused() {
        refused("d.csv line 1: column names must differ, got «a» for columns 1 and 3", "d.csv", "a,b, a\n1,2,3\n");
        refused(
                "e.csv line 2: every column must have a name in the header, got none for column 2",
                "e.csv",
                "\na,,c\n1,2,3\n");
    }

    @Test
    void raggedRowIsRefusedWithItsLineAndBothCounts() {
        refused(
                "titanic.csv line 4: must have 3 cells as the header has, got 2",
                "titanic.csv",
                "a,b,c\n1,\"two\nlines\",3\n1,2\n");
        refused("long.csv line 3: must have 1 cell as the header has, got 2", "long.csv", "a\n1\n1,2\n");
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirLine() {
        byte[] latin = "a,b\n1,x\n2,\"y\nM\u00fcller\"\n".getBytes(StandardCharsets.ISO_8859_1);
        refused(
                "latin.csv line 4: must be UTF-8 text, got bytes that are not; save the file as UTF-8",
                new CsvFiles(folder).write("latin.csv", latin));
        byte[] cutOff = {'a', '\n', 'x', (byte) 0xC3};
        refused(
                "cut.csv line 2: must be UTF-8 text, got bytes that are not; save the file as UTF-8",
                new CsvFiles(folder).write("cut.csv", cutOff));
    }

    @Test
    void unbalancedQuoteIsRefusedWithTheLineWhereItsRecordStarts() {
        refused(
                "q.csv line 3: a quoted cell must end with a quote, got the end of the file before one",
                "q.csv",
                "a,b\n1,2\n3,\"x\ny\nz\n");
        refused(
                "r.csv line 2: a quoted cell must be followed by a comma or the line's end, got more text; write a quote"
                        + " within quotes twice",
                "r.csv",
                "a,b\n1,\"x\"y\n");
    }
}
