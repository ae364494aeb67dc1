package io.diapason.benchmarks.compare;

import io.diapason.benchmarks.measure.Fork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The peers, as Maven's profile {@code peers} has laid them out.
 *
 * @param folder {@code benchmarks/peers/target}
 */
record Peers(Path folder) {
    /** libtorch with one of its two libraries of products. */
    enum Blas {
        /** By LD_PRELOAD, as libtorch's preset was not built with it. */
        MKL("MKL"),
        /** The preset's own. */
        OPENBLAS("OpenBLAS");

        final String title;

        Blas(String title) {
            this.title = title;
        }
    }

    /** A process of the module {@code benchmarks/peers}, with further jars. */
    Fork fork(String main, List<String> arguments, Path... further) {
        List<String> places = new ArrayList<>();
        places.add(folder.resolve("classes").toString());
        places.add(System.getProperty("java.class.path"));
        Stream.concat(jars().stream(), Stream.of(further)).forEach(jar -> places.add(jar.toString()));
        List<String> options = List.of(
                "-Xmx3g",
                "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("javacpp"),
                // JavaCPP warns that OpenBLAS's preset is older than itself, as it must be.
                "-Dorg.bytedeco.javacpp.logger=slf4j",
                "-Dorg.slf4j.simpleLogger.log.org.bytedeco=error");
        return Fork.java(String.join(":", places), options, "io.diapason.peers." + main, arguments);
    }

    /** The same over one of libtorch's libraries of products. */
    Fork fork(Blas blas, String main, List<String> arguments) {
        Fork fork = fork(main, arguments);
        if (blas == Blas.OPENBLAS) {
            return fork;
        }
        String library = mkl().resolve("libmkl_rt.so.3").toString();
        return withMkl(fork).with(Map.of("LD_PRELOAD", library));
    }

    /** The same with MKL where the loader finds it. */
    Fork withMkl(Fork fork) {
        return fork.with(Map.of("LD_LIBRARY_PATH", mkl().toString()));
    }

    private Path mkl() {
        return folder.resolve("mkl/org/bytedeco/mkl/linux-x86_64");
    }

    /** The version in the name of a preset's jar, such as 0.3.31 of {@code openblas-0.3.31-1.5.13.jar}. */
    String version(String preset) {
        Pattern name = Pattern.compile(preset + "-([0-9.]+)-[0-9.]+\\.jar");
        return jars().stream()
                .map(jar -> name.matcher(jar.getFileName().toString()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse("of an unknown version");
    }

    private List<Path> jars() {
        try (Stream<Path> jars = Files.list(folder.resolve("jars"))) {
            return jars.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What MKL calls itself, from a product that libtorch makes; fails when the product was not MKL's. */
    String versionOfMkl(String core) {
        String output = fork(Blas.MKL, "TorchProduct", List.of())
                .with(Map.of("MKL_VERBOSE", "1"))
                .run(core)
                .output();
        if (!output.contains("MKL_VERBOSE SGEMM")) {
            throw new IllegalStateException(
                    "peers: libtorch's products must be MKL's where it is preloaded, got " + output);
        }
        return output.lines()
                .filter(line -> line.startsWith("MKL_VERBOSE oneMKL") || line.startsWith("MKL_VERBOSE Intel"))
                .map(line -> line.substring("MKL_VERBOSE ".length()))
                .findFirst()
                .orElse("MKL");
    }

    /** A peer's lines about itself: the first, what was seen of this process, with its name. */
    static List<String> settings(String name, JsonNode answer) {
        List<String> lines =
                answer.get("settings").valueStream().map(JsonNode::asString).toList();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> i == 0 ? name + ": " + lines.get(0) : lines.get(i))
                .toList();
    }
}
