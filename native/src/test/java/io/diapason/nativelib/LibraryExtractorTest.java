package io.diapason.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library out of a jar, in child JVMs: at once, after accidents, and in hostile surroundings. */
class LibraryExtractorTest {
    /**
     * JDK 24 and newer warn, on the child's output, about native access that is not granted; older ones need nothing.
     */
    private static final String NATIVE_ACCESS =
            Runtime.version().feature() >= 24 ? "--enable-native-access=ALL-UNNAMED" : "-Xshare:auto";

    private static final String FILE = System.mapLibraryName("jnidiapason");
    private static final String COMPUTED = "status 0, sum of squares 14.0, set ";

    /** An option of {@link #start} that leaves out the properties which name the caches. */
    private static final String NO_PROPERTIES = "no properties";

    @TempDir
    private static Path jarFolder;

    @TempDir
    private Path folder;

    private static Path jar;

    @BeforeAll
    static void packClasses() throws IOException {
        Path classes = codeLocation(NativeLibrary.class);
        jar = jarFolder.resolve("diapason-native.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    private static Path codeLocation(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A child JVM with the jar in place of the classes folder; by default all its caches are below this test's. */
    private Process start(Path cache, Map<String, String> environment, String... options) throws IOException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).equals(codeLocation(NativeLibrary.class)))
                .reduce(jar.toString(), (a, b) -> a + File.pathSeparator + b);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                NATIVE_ACCESS,
                "-XX:TieredStopAtLevel=1",
                "-Ddiapason.cache=" + cache,
                "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("javacpp")));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("-cp", classPath, KernelProbe.class.getName()));
        if (Arrays.asList(options).contains(NO_PROPERTIES)) {
            command.removeIf(option -> option.startsWith("-Ddiapason.cache=")
                    || option.startsWith("-Dorg.bytedeco.javacpp.cachedir=")
                    || option.equals(NO_PROPERTIES));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeAll(List.of("DIAPASON_ISA", "DIAPASON_CACHE", "XDG_CACHE_HOME", "JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String outputOf(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the child JVM must end");
        return output.strip();
    }

    private String run(Path cache, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        return outputOf(start(cache, environment, options));
    }

    private static List<Path> filesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static byte[] original() throws IOException {
        return Files.readAllBytes(codeLocation(NativeLibrary.class)
                .resolve("io/diapason/nativelib/natives")
                .resolve(Loader.getPlatform())
                .resolve(FILE));
    }

    @Test
    void eightProcessesAtOnceOnAnEmptyCacheAllCompute() throws Exception {
        Path cache = folder.resolve("cache");
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            children.add(start(cache, Map.of()));
        }
        for (Process child : children) {
            String output = outputOf(child);
            assertTrue(output.startsWith(COMPUTED), output);
        }
        List<Path> files = filesBelow(cache);
        assertEquals(1, files.size(), files.toString());
        assertEquals(FILE, files.get(0).getFileName().toString());
        assertEquals(64, files.get(0).getParent().getFileName().toString().length());
        assertEquals(cache, files.get(0).getParent().getParent());
        assertTrue(Arrays.equals(original(), Files.readAllBytes(files.get(0))), "the copy must be whole");
    }

    @Test
    void aTruncatedFileInTheCacheIsReplacedAndAWholeOneIsKept() throws Exception {
        Path cache = folder.resolve("cache");
        assertTrue(run(cache, Map.of()).startsWith(COMPUTED));
        Path library = filesBelow(cache).get(0);
        Object whole = Files.getAttribute(library, "unix:ino");
        assertTrue(run(cache, Map.of()).startsWith(COMPUTED));
        assertEquals(whole, Files.getAttribute(library, "unix:ino"), "a whole file must not be written again");
        try (OutputStream truncated = Files.newOutputStream(library)) {
            truncated.write(new byte[1000]);
        }
        String output = run(cache, Map.of());
        assertTrue(output.startsWith(COMPUTED), output);
        assertEquals(List.of(library), filesBelow(cache));
        assertTrue(Arrays.equals(original(), Files.readAllBytes(library)), "the copy must be whole");
    }

    @Test
    void aCacheThatCannotBeWrittenGivesWayToTheTemporaryDirectory() throws Exception {
        // A file where the folder should be: no user may make folders below it, the superuser included.
        Path cache = Files.writeString(folder.resolve("occupied"), "a file").resolve("cache");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        String output = run(cache, Map.of(), "-Djava.io.tmpdir=" + temporary, "-Duser.name=tester");
        assertTrue(output.startsWith(COMPUTED), output);
        List<Path> files = filesBelow(temporary.resolve("diapason-tester"));
        assertEquals(1, files.size(), files.toString());
        assertEquals(FILE, files.get(0).getFileName().toString());
    }

    @Test
    void whereNothingCanBeWrittenTheSentenceSaysSo() throws Exception {
        Path occupied = Files.writeString(folder.resolve("occupied"), "a file");
        String output = run(occupied.resolve("cache"), Map.of(), "-Djava.io.tmpdir=" + occupied.resolve("temporary"));
        assertTrue(
                output.contains("refused: native library: it must be extracted once, but no folder could be written ("),
                output);
        assertTrue(output.endsWith("); name one with -Ddiapason.cache=FOLDER or DIAPASON_CACHE"), output);
    }

    @Test
    void theCacheMayBeNamedByTheEnvironment() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        String[] options = {NO_PROPERTIES, "-Duser.home=" + home};
        Path cache = folder.resolve("by-environment");
        String output = run(cache, Map.of("DIAPASON_CACHE", cache.toString()), options);
        assertTrue(output.startsWith(COMPUTED), output);
        assertEquals(1, filesBelow(cache).size());
        Path xdg = folder.resolve("xdg");
        output = run(cache, Map.of("XDG_CACHE_HOME", xdg.toString()), options);
        assertTrue(output.startsWith(COMPUTED), output);
        assertEquals(1, filesBelow(xdg.resolve("diapason")).size());
        output = run(cache, Map.of(), options);
        assertTrue(output.startsWith(COMPUTED), output);
        assertEquals(1, filesBelow(home.resolve(".cache").resolve("diapason")).size());
    }

    @Test
    void aHomeThatCannotBeWrittenIsEnoughForJavaCppToo() throws Exception {
        Path home = Files.writeString(folder.resolve("occupied"), "a file").resolve("home");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        String output = run(home, Map.of(), NO_PROPERTIES, "-Duser.home=" + home, "-Djava.io.tmpdir=" + temporary);
        assertTrue(output.startsWith(COMPUTED), output);
    }

    @Test
    void anUnknownInstructionSetIsRefusedWithASentence() throws Exception {
        String output = run(folder.resolve("cache"), Map.of("DIAPASON_ISA", "nonsense"));
        assertEquals(
                "refused: native library: DIAPASON_ISA must name an instruction set of this machine ("
                        + String.join(", ", NativeLibrary.instructionSets()) + "), got nonsense",
                output);
    }

    @Test
    void eachInstructionSetOfTheMachineCanBeAskedFor() throws Exception {
        for (String set : NativeLibrary.instructionSets()) {
            assertEquals(COMPUTED + set, run(folder.resolve("cache"), Map.of("DIAPASON_ISA", set)));
        }
    }

    @Test
    void fromAFolderOfClassesNothingIsCopied() {
        assertEquals("file", LibraryExtractor.resource().getProtocol());
        List<String> folders = new ArrayList<>();
        LibraryExtractor.addFolderTo(folders);
        assertEquals(1, folders.size());
        assertTrue(Files.isRegularFile(Path.of(folders.get(0)).resolve(FILE)));
        assertFalse(folders.get(0).contains("cache"), folders.get(0));
    }
}
