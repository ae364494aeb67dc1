package io.diapason.benchmarks.compare;

import io.diapason.benchmarks.compare.Peers.Blas;
import io.diapason.benchmarks.measure.Fork;
import io.diapason.benchmarks.measure.Machine;
import io.diapason.benchmarks.measure.Summary;
import io.diapason.benchmarks.measure.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole search on a table, from a process's start to its end: {@code diapason tune} beside the same trials, on the
 * same rows, by PyTorch.
 */
final class Job {
    private static final int TRIALS = 50;
    private static final int EPOCHS = 20;
    private static final double DROPOUT = 0.2;
    private static final double FLOOR = 6;
    private static final double FLOOR_OF_WORKERS = 1.8;
    /** The one of the path, and Debian's, which python3-torch is for. */
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    private static final String SPACE = """
            {"layers": {"type": "int", "low": 1, "high": 3}, "units": [32, 64, 128, 256], "batch_size": [32, 64, 128],
             "lr": {"type": "float", "low": 3e-4, "high": 3e-3, "log": true}}
            """;

    private final Peers peers;
    private final Path data;
    private final String target;
    private final int rounds;
    private final Path root = Path.of(System.getProperty("diapason.root", "."));
    private final Path folder;
    private final Path space;
    private final Path search;

    Job(Peers peers, Path data, int rounds) throws IOException {
        this.peers = peers;
        this.data = data;
        this.rounds = rounds;
        String head = Files.readAllLines(data).get(0);
        this.target = head.substring(head.lastIndexOf(',') + 1);
        this.folder = Files.createTempDirectory("diapason-job");
        this.space = Files.writeString(folder.resolve("space.json"), SPACE);
        this.search = folder.resolve("search.json");
    }

    /** A contestant's seconds, a number a round, and what its trials came to. */
    record Searched(String name, List<Double> seconds, List<Double> values) {
        double median() {
            return Summary.of(values).median();
        }
    }

    /** Measures, prints, and returns what JSON holds. */
    Map<String, Object> run() throws IOException {
        try {
            return measure();
        } finally {
            for (String file : List.of("space.json", "search.json", "job.diapason")) {
                Files.deleteIfExists(folder.resolve(file));
            }
            Files.delete(folder);
        }
    }

    private Map<String, Object> measure() throws IOException {
        System.err.println("job: our trials, untimed");
        List<String> arguments =
                List.of(data.toString(), target, space.toString(), "" + TRIALS, "" + EPOCHS, "" + DROPOUT, "1");
        Path jar = root.resolve("tuner/cli/target/diapason.jar");
        JsonNode trials = peers.fork("OurSearch", arguments, jar).answer(Machine.core());
        Files.writeString(search, new JsonMapper().writeValueAsString(trials));
        Searched one = new Searched("Diapason, 1 worker", new ArrayList<>(), values(trials));
        Searched two = new Searched("Diapason, 2 workers", new ArrayList<>(), values(trials));
        Map<String, Searched> searched = new LinkedHashMap<>();
        List<Integer> cores = Machine.cores();
        boolean pairs = cores.size() >= 2;
        for (int round = 0; round < rounds; round++) {
            System.err.println("job: round " + (round + 1));
            one.seconds().add(tune(1).run(Machine.core()).seconds());
            if (pairs) {
                String both = cores.subList(cores.size() - 2, cores.size()).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(","));
                two.seconds().add(tune(2).run(both).seconds());
            }
            for (Map.Entry<String, Fork> peer : contestants().entrySet()) {
                Fork.Ended ended = peer.getValue().run(Machine.core());
                JsonNode answer = Fork.answerOf(ended.output());
                String name = answer.get("name").asString() + peer.getKey();
                searched.computeIfAbsent(name, none -> new Searched(name, new ArrayList<>(), values(answer)))
                        .seconds()
                        .add(ended.seconds());
            }
        }
        return report(one, two, List.copyOf(searched.values()));
    }

    private Fork tune(int workers) {
        return new Fork(
                List.of(
                        root.resolve("diapason").toString(),
                        "tune",
                        data.toString(),
                        "--target",
                        target,
                        "--trials",
                        "" + TRIALS,
                        "--epochs",
                        "" + EPOCHS,
                        "--patience",
                        "0",
                        "--workers",
                        "" + workers,
                        "--space",
                        space.toString(),
                        "--set",
                        "dropout=" + DROPOUT,
                        "--metric",
                        "accuracy",
                        "--seed",
                        "1",
                        "--model",
                        folder.resolve("job.diapason").toString(),
                        "--plain",
                        "--json"),
                Map.of("DIAPASON_BUILD", "never"));
    }

    /** Everything of PyTorch's that is here: libtorch by its preset, and Python's where it is installed. */
    private Map<String, Fork> contestants() {
        List<String> arguments = List.of(data.toString(), target, search.toString());
        Map<String, Fork> contestants = new LinkedHashMap<>();
        for (Blas blas : Blas.values()) {
            contestants.put(" (" + blas.title + ")", peers.fork(blas, "TorchSearch", arguments));
        }
        PYTHONS.stream().filter(Job::hasTorch).findFirst().ifPresent(python -> {
            List<String> command = new ArrayList<>(List.of(python));
            command.add(root.resolve("benchmarks/peers/torch_random_search.py").toString());
            command.addAll(arguments);
            contestants.put(" in Python", new Fork(command, Map.of()));
        });
        return contestants;
    }

    private static boolean hasTorch(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import torch")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such Python
        } catch (InterruptedException e) {
            throw new IllegalStateException("job: interrupted", e);
        }
    }

    // ---- what it says

    private Map<String, Object> report(Searched one, Searched two, List<Searched> others) {
        TextTable table = new TextTable(
                TRIALS + " trials x " + EPOCHS + " epochs, s",
                "seconds",
                "Diapason is faster by",
                "floor",
                "median accuracy");
        table.add(one.name(), Summary.of(one.seconds()).text(), "", "", percent(one));
        if (!two.seconds().isEmpty()) {
            table.add(
                    two.name(),
                    Summary.of(two.seconds()).text(),
                    ratio(one, two).text(),
                    "" + FLOOR_OF_WORKERS,
                    percent(two));
        }
        others.forEach(other -> table.add(
                other.name(),
                Summary.of(other.seconds()).text(),
                ratio(other, one).text(),
                "" + FLOOR,
                percent(other)));
        System.out.println(table.text());
        Searched fastest = Collections.min(
                others,
                Comparator.comparingDouble(other -> Summary.of(other.seconds()).median()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ours_s", Summary.of(one.seconds()).rounded());
        json.put("peer_s", Summary.of(fastest.seconds()).rounded());
        json.put("peer", fastest.name());
        json.put("ratio", ratio(fastest, one).rounded());
        json.put("floor", FLOOR);
        json.put("ours_accuracy", Summary.rounded(one.median()));
        json.put("peer_accuracy", Summary.rounded(fastest.median()));
        json.put("ours", Summary.of(one.seconds()).json());
        json.put("ratios", ratio(fastest, one).json());
        Map<String, Object> each = new LinkedHashMap<>();
        others.forEach(
                other -> each.put(other.name(), Summary.of(other.seconds()).json()));
        json.put("peers", each);
        if (!two.seconds().isEmpty()) {
            json.put("two_workers_s", Summary.of(two.seconds()).rounded());
            json.put("two_workers_ratio", ratio(one, two).rounded());
        }
        return json;
    }

    private static Summary ratio(Searched slower, Searched faster) {
        return Summary.ofPairs(slower.seconds(), faster.seconds(), (a, b) -> a / b);
    }

    private static String percent(Searched searched) {
        return Summary.digits(100 * searched.median()) + " %";
    }

    private static List<Double> values(JsonNode answer) {
        return answer.get("values").valueStream().map(JsonNode::asDouble).toList();
    }
}
