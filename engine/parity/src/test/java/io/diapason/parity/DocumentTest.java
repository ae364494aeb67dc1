package io.diapason.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every name in docs/pytorch.md is one: of the engine, or of a test. */
class DocumentTest {
    private static final List<String> PACKAGES = List.of(
            "tensor", "op", "autograd", "nn", "loss", "optim", "optim.schedule", "train", "model", "data", "random");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern FAMILY = Pattern.compile("Family\\.run\\(\\s*\"([^\"]+)\"");
    private static final Path DOCUMENT = Path.of(System.getProperty("parity.docs", "docs/pytorch.md"));

    @Test
    void everyDiapasonNameExists() throws IOException {
        List<String> names = new ArrayList<>();
        for (String[] row : rows("Parity test")) {
            names.addAll(quoted(row[2]));
        }
        assertTrue(names.size() > 100, () -> "names: " + names);
        assertEquals(List.of(), names.stream().filter(name -> !exists(name)).toList());
    }

    @Test
    void everyTestNamedExists() throws IOException {
        Path tests = DOCUMENT.resolveSibling("../engine/src/test/java").normalize();
        Set<String> known;
        try (Stream<Path> files = Files.walk(tests)) {
            known = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        List<String> unknown = new ArrayList<>();
        for (String[] row : rows("Parity test")) {
            for (String name : quoted(row[3])) {
                if (!known.contains(name) && find("io.diapason.parity." + name) == null) {
                    unknown.add(name);
                }
            }
        }
        assertEquals(List.of(), unknown);
    }

    @Test
    void everyFamilyHasItsRow() throws IOException {
        Path tests = DOCUMENT.resolveSibling("../engine/parity/src/test/java").normalize();
        Set<String> families = new TreeSet<>();
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("ParityTest.java")).toList()) {
                Matcher matcher = FAMILY.matcher(Files.readString(file));
                while (matcher.find()) {
                    families.add(matcher.group(1));
                }
            }
        }
        assertTrue(families.size() > 10, () -> "families: " + families);
        Set<String> documented = rows("by libtorch's digits").stream()
                .map(row -> row[1].strip())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(families, documented);
    }

    @Test
    void everyDifferenceIsHeldByTheTestNamed() throws IOException {
        Set<String> methods = Arrays.stream(EdgeBehaviourTest.class.getDeclaredMethods())
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        List<String[]> differences = rows("Test");
        assertTrue(differences.size() >= 8, "differences");
        for (String[] row : differences) {
            assertEquals(
                    List.of(),
                    quoted(row[3]).stream()
                            .filter(name -> !methods.contains(name))
                            .toList());
            assertEquals(1, quoted(row[3]).size(), row[1]);
        }
    }

    /** The cells of every row of the tables whose last column is headed so; cell 0 is empty. */
    private static List<String[]> rows(String lastColumn) throws IOException {
        List<String[]> rows = new ArrayList<>();
        boolean within = false;
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (!line.startsWith("|")) {
                within = false;
            } else if (line.endsWith("| " + lastColumn + " |")) {
                within = true;
            } else if (within && !line.startsWith("|---")) {
                rows.add(line.split("\\|", -1));
            }
        }
        return rows;
    }

    private static List<String> quoted(String cell) {
        List<String> names = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(cell);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** A class, or a method or constant of one. */
    private static boolean exists(String name) {
        String[] parts = name.split("\\.", 2);
        for (String within : PACKAGES) {
            Class<?> type = find("io.diapason." + within + "." + parts[0]);
            if (type != null
                    && (parts.length == 1
                            || Arrays.stream(type.getMethods())
                                    .anyMatch(method -> method.getName().equals(parts[1]))
                            || Arrays.stream(type.getFields())
                                    .anyMatch(field -> field.getName().equals(parts[1])))) {
                return true;
            }
        }
        return false;
    }

    private static Class<?> find(String name) {
        try {
            return Class.forName(name, false, DocumentTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
