package io.diapason.benchmarks.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code benchmarks/run}.
 *
 * @param names of benchmarks, in the order they run
 * @param json where numbers are written, or null
 * @param rounds how often each process is run, at least 1, or 0 for as often as the benchmark sees fit
 * @param only the lines of {@code steps} to run, all when empty
 * @param data the table of {@code job}, or null
 * @param calibrate whether the guard writes its floors
 * @param peers where Maven has laid the peers out
 */
record Options(
        List<String> names,
        @Nullable Path json,
        int rounds,
        Set<String> only,
        @Nullable Path data,
        boolean calibrate,
        Peers peers) {
    /** What there is; {@code all} is all of it. */
    static final List<String> NAMES = List.of("steps", "gemm", "job", "guard");

    static Options of(List<String> arguments) {
        List<String> names = new ArrayList<>();
        Path json = null;
        int rounds = 0;
        boolean calibrate = false;
        Set<String> only = Set.of();
        Path data = null;
        Iterator<String> given = arguments.iterator();
        while (given.hasNext()) {
            String argument = given.next();
            if (!argument.startsWith("-")) {
                names.add(name(argument));
                continue;
            }
            if (argument.equals("--calibrate")) {
                calibrate = true;
                continue;
            }
            if (!given.hasNext()) {
                throw new UsageException(argument + ": must be followed by a value, got none");
            }
            String value = given.next();
            switch (argument) {
                case "--json" -> json = Path.of(value);
                case "--data" -> data = Path.of(value);
                case "--rounds" -> rounds = rounds(value);
                case "--only" -> only = lines(value);
                default ->
                    throw new UsageException(
                            "an option must be --json FILE, --data FILE, --rounds N, --only A,B or --calibrate, got "
                                    + argument);
            }
        }
        if (names.isEmpty()) {
            throw new UsageException(wanted("none"));
        }
        List<String> asked =
                names.contains("all") ? NAMES : names.stream().distinct().toList();
        return new Options(
                asked,
                json,
                rounds,
                only,
                data,
                calibrate,
                new Peers(Path.of(System.getProperty("diapason.peers", ""))));
    }

    /** How often, when it is not said. */
    int rounds(int otherwise) {
        return rounds == 0 ? otherwise : rounds;
    }

    List<Steps.Line> lines() {
        return Steps.LINES.stream()
                .filter(line -> only.isEmpty() || only.contains(line.name()))
                .toList();
    }

    /** The table of {@code job}, without which {@code benchmarks/run} does not start this. */
    Path table() {
        return Objects.requireNonNull(data);
    }

    private static String name(String name) {
        if (!name.equals("all") && !NAMES.contains(name)) {
            throw new UsageException(wanted(name));
        }
        return name;
    }

    private static String wanted(String got) {
        return "a benchmark must be named, of " + String.join(", ", NAMES) + " and all, got " + got;
    }

    private static int rounds(String text) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new UsageException("--rounds: must be a number from 1 to 9999, got " + text);
        }
        return Integer.parseInt(text);
    }

    private static Set<String> lines(String text) {
        Set<String> known = Steps.LINES.stream().map(Steps.Line::name).collect(Collectors.toSet());
        Set<String> asked = Stream.of(text.split(",", -1)).collect(Collectors.toSet());
        if (!known.containsAll(asked)) {
            throw new UsageException("--only: must be of "
                    + Steps.LINES.stream().map(Steps.Line::name).collect(Collectors.joining(", ")) + ", got " + text);
        }
        return asked;
    }
}
