package io.diapason.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a project of its own, with a java and an mvn that only write down how they were called. */
final class LauncherTest {
    @TempDir
    private Path folder;

    private Path root;
    private Path source;
    private Path jar;

    private record Run(int code, String out, String err) {}

    @BeforeEach
    void makeProject() throws IOException {
        root = folder.resolve("a project with blanks");
        source = root.resolve("engine/src/main/java/A.java");
        jar = root.resolve("tuner/cli/target/diapason.jar");
        Files.createDirectories(source.getParent());
        Files.createDirectories(root.resolve("native/src/test"));
        Files.createDirectories(root.resolve("tuner/cli"));
        Files.createDirectories(root.resolve(".mvn"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.writeString(source, "class A {}");
        Files.copy(Path.of(System.getProperty("basedir", ".")).resolve("../../diapason"), root.resolve("diapason"));
        executable(root.resolve("diapason"));
        script("java", "echo java >>\"$CALLS\"\nfor a in \"$@\"; do echo \"<$a>\"; done");
        script(
                "mvn",
                "echo mvn \"$@\" >>\"$CALLS\"\nmkdir -p tuner/cli/target && echo jar >tuner/cli/target/diapason.jar");
    }

    private void script(String name, String body) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run run(Path launcher, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        builder.environment().put("CALLS", folder.resolve("calls").toString());
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "DIAPASON_JAVA_OPTIONS", "DIAPASON_BUILD"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, err);
    }

    private long builds() throws IOException {
        return Files.readAllLines(folder.resolve("calls")).stream()
                .filter(line -> line.startsWith("mvn"))
                .count();
    }

    private static void setTime(Path file, long secondsFromNow) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(secondsFromNow)));
    }

    @Test
    void buildsOnceSaysSoAndPassesArgumentsOnAsTheyAre() throws Exception {
        Run first = run(root.resolve("diapason"), "tune", "my data.csv", "", "*");
        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().startsWith("diapason: building (once; a minute or two), log in "), first.err());
        assertEquals(1, first.err().lines().count(), first.err());
        assertTrue(
                first.out().endsWith("<-jar>\n<" + jar.toRealPath() + ">\n<tune>\n<my data.csv>\n<>\n<*>\n"),
                first.out());
        assertEquals(
                "mvn -q -B -ntp -Dmaven.test.skip=true -pl tuner/cli -am package",
                Files.readAllLines(folder.resolve("calls")).get(0));
        Run second = run(root.resolve("diapason"), "doctor");
        assertEquals("", second.err());
        assertEquals(1, builds());
    }

    @Test
    void buildsAgainWhenASourceOrAPomIsNewerButNotForTestsAndOutputs() throws Exception {
        run(root.resolve("diapason"));
        setTime(source, -100);
        setTime(root.resolve("pom.xml"), -100);
        setTime(jar, -50);
        Files.writeString(root.resolve("native/src/test/T.java"), "class T {}");
        Files.createDirectories(root.resolve("engine/target/src/main"));
        Files.writeString(root.resolve("engine/target/src/main/G.java"), "class G {}");
        run(root.resolve("diapason"));
        assertEquals(1, builds());
        setTime(source, 0);
        run(root.resolve("diapason"));
        assertEquals(2, builds());
        setTime(jar, -50);
        setTime(source, -100);
        setTime(root.resolve("pom.xml"), 0);
        run(root.resolve("diapason"));
        assertEquals(3, builds());
    }

    @Test
    void worksThroughLinksFromAnyFolder() throws Exception {
        run(root.resolve("diapason"));
        Path elsewhere = Files.createDirectory(folder.resolve("some where"));
        Path relative =
                Files.createSymbolicLink(elsewhere.resolve("relative"), Path.of("../a project with blanks/diapason"));
        Path chain = Files.createSymbolicLink(elsewhere.resolve("chain"), relative);
        Run result = run(chain, "doctor");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().endsWith("<" + jar.toRealPath() + ">\n<doctor>\n"), result.out());
        assertTrue(result.out().contains("<-Ddiapason.command=" + chain + ">\n"), result.out());
    }

    @Test
    void aFailedBuildShowsTheEndOfItsLog() throws Exception {
        script("mvn", "i=0; while [ $i -lt 50 ]; do i=$((i + 1)); echo \"problem $i\"; done; exit 1");
        Run result = run(root.resolve("diapason"), "doctor");
        assertEquals(1, result.code());
        assertEquals("", result.out());
        assertFalse(result.err().contains("problem 30\n"), result.err());
        assertTrue(result.err().contains("problem 31\n") && result.err().contains("problem 50\n"), result.err());
        assertTrue(
                result.err()
                        .endsWith("diapason: building: must succeed, got the errors above; the whole log is in "
                                + root.toRealPath().resolve("tuner/cli/target/build.log") + "\n"),
                result.err());
    }

    @Test
    void javaCompilesQuicklyUnlessToldOtherwise() throws Exception {
        run(root.resolve("diapason"));
        assertTrue(run(root.resolve("diapason"), "tune", "x.csv").out().contains("<-XX:TieredStopAtLevel=1>"));
    }

    @Test
    void missingMavenIsNamedWithItsPackage() throws Exception {
        Files.delete(folder.resolve("bin/mvn"));
        Path bare = Files.createDirectories(folder.resolve("bare"));
        for (String tool : List.of("find", "mkdir", "readlink", "stty")) {
            Files.writeString(bare.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
            executable(bare.resolve(tool));
        }
        Files.copy(folder.resolve("bin/java"), bare.resolve("java"));
        ProcessBuilder builder = new ProcessBuilder(root.resolve("diapason").toString(), "doctor");
        builder.environment().clear();
        builder.environment().put("PATH", bare.toString());
        Process process = builder.start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor());
        assertEquals(
                "diapason: mvn: Maven 3.8 or newer must be installed to build, got none; on Debian: apt install maven\n",
                err);
        Files.delete(bare.resolve("java"));
        process = builder.start();
        err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor());
        assertEquals(
                "diapason: java: JDK 17 or newer must be installed, got none; on Debian: apt install"
                        + " openjdk-17-jdk-headless\n",
                err);
    }
}
