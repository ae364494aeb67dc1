package io.diapason.benchmarks.compare;

import io.diapason.benchmarks.NetworkShape;
import io.diapason.benchmarks.compare.Peers.Blas;
import io.diapason.benchmarks.measure.Fork;
import io.diapason.benchmarks.measure.Summary;
import io.diapason.benchmarks.measure.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Training steps beside libtorch: forward with ReLU and dropout, cross-entropy, backward, Adam. In each round ours and
 * libtorch with each of its two libraries of products take turns, a new process each.
 */
final class Steps {
    /** A line of the table: which step, and what issue 4 asks of it. */
    record Line(NetworkShape shape, double dropout, double floor, double aim) {
        String name() {
            return dropout > 0 ? shape.name() : shape.name() + "-no-dropout";
        }
    }

    static final List<Line> LINES = List.of(
            new Line(NetworkShape.A, 0.2, 18, 22),
            new Line(NetworkShape.B, 0.2, 6.5, 8),
            new Line(NetworkShape.C, 0.2, 3.1, 3.8),
            new Line(NetworkShape.D, 0.2, 1.7, 2),
            new Line(NetworkShape.E, 0.2, 1.25, 1.5),
            new Line(NetworkShape.A, 0, 9, 15),
            new Line(NetworkShape.B, 0, 4, 5),
            new Line(NetworkShape.C, 0, 1.7, 2.2),
            new Line(NetworkShape.D, 0, Double.NaN, Double.NaN));

    /** What of its core a timed process must have had; other processes had the rest. */
    private static final double UNDISTURBED = 0.95;

    private static final int TRIES = 3; // beyond the first

    private final Peers peers;
    private final String core;
    private final int rounds;
    private final Set<String> settings = new LinkedHashSet<>();

    Steps(Peers peers, String core, int rounds) {
        this.peers = peers;
        this.core = core;
        this.rounds = rounds;
    }

    /** A peer's name and version, and a number a round. */
    record Peer(String name, List<Double> times) {}

    /** What was measured of one line: a number a round, each the median of its process. */
    record Measured(Line line, List<Double> ours, List<Double> eager, List<Peer> peers) {
        /** The peer that took less time. */
        Peer faster() {
            return Collections.min(
                    peers,
                    Comparator.comparingDouble(peer -> Summary.of(peer.times()).median()));
        }

        /** How many times ours the faster peer's step takes. */
        Summary ratio() {
            return Summary.ofPairs(faster().times(), ours, (peer, our) -> peer / our);
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("ours_us", Summary.rounded(Summary.of(ours).median()));
            json.put("peer_us", Summary.rounded(Summary.of(faster().times()).median()));
            json.put("peer", faster().name());
            json.put("ratio", Summary.rounded(ratio().median()));
            json.put("floor", Double.isNaN(line.floor()) ? null : line.floor());
            json.put("aim", Double.isNaN(line.aim()) ? null : line.aim());
            json.put("dropout", line.dropout());
            json.put("ours", Summary.of(ours).json());
            json.put("ours_eager", Summary.of(eager).json());
            Map<String, Object> each = new LinkedHashMap<>();
            peers.forEach(peer -> each.put(peer.name(), Summary.of(peer.times()).json()));
            json.put("peers", each);
            json.put("ratios", ratio().json());
            return json;
        }
    }

    /** Measures some lines, prints them, and returns what JSON holds of them. */
    Map<String, Object> run(List<Line> lines) {
        settings.add("MKL: " + peers.versionOfMkl(core));
        List<Measured> all = new ArrayList<>();
        for (Line line : lines) {
            System.err.println("steps: " + line.name());
            all.add(measure(line));
        }
        System.out.println(table(all));
        settings.forEach(System.out::println);
        Map<String, Object> json = new LinkedHashMap<>();
        all.forEach(measured -> json.put(measured.line().name(), measured.json()));
        return json;
    }

    /** The peers' lines about themselves, once something was run. */
    List<String> settings() {
        return List.copyOf(settings);
    }

    private Measured measure(Line line) {
        Map<Blas, Peer> met = new EnumMap<>(Blas.class);
        List<Double> ours = new ArrayList<>();
        List<Double> eager = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ours.add(microseconds(undisturbed(ours(line, "replayed"))));
            for (Blas blas : Blas.values()) {
                JsonNode answer = undisturbed(peer(line, blas));
                String name = answer.get("name").asString() + " (" + blas.title + ")";
                met.computeIfAbsent(blas, none -> new Peer(name, new ArrayList<>()))
                        .times()
                        .add(microseconds(answer));
                settings.addAll(Peers.settings(name, answer));
            }
            eager.add(microseconds(undisturbed(ours(line, "eager"))));
        }
        return new Measured(line, ours, eager, List.copyOf(met.values()));
    }

    /** What a process answers that had its core; after some tries, what it answers all the same. */
    private JsonNode undisturbed(Fork process) {
        JsonNode answer = process.answer(core);
        for (int again = 0; again < TRIES && answer.get("core_share").asDouble() < UNDISTURBED; again++) {
            System.err.println("steps: a process had its core for less than " + Math.round(100 * UNDISTURBED)
                    + " % of the time and is run again");
            answer = process.answer(core);
        }
        return answer;
    }

    private static double microseconds(JsonNode answer) {
        return answer.get("us").asDouble();
    }

    private static Fork ours(Line line, String how) {
        List<String> arguments = List.of(line.shape().name(), Double.toString(line.dropout()), how);
        return Fork.java(System.getProperty("java.class.path"), List.of(), OurSteps.class.getName(), arguments);
    }

    private Fork peer(Line line, Blas blas) {
        List<String> arguments = List.of(line.shape().name(), Double.toString(line.dropout()));
        return peers.fork(blas, "TorchSteps", arguments);
    }

    private static String table(List<Measured> all) {
        TextTable table = new TextTable(
                "step, us",
                "dropout",
                "Diapason",
                "eager",
                "libtorch (MKL)",
                "libtorch (OpenBLAS)",
                "ratio",
                "floor",
                "aim");
        for (Measured measured : all) {
            Line line = measured.line();
            table.add(
                    line.shape().name() + " " + line.shape().text(),
                    Double.toString(line.dropout()),
                    Summary.of(measured.ours()).text(),
                    Summary.digits(Summary.of(measured.eager()).median()),
                    Summary.of(measured.peers().get(0).times()).text(),
                    Summary.of(measured.peers().get(1).times()).text(),
                    measured.ratio().text(),
                    Double.isNaN(line.floor()) ? "-" : Summary.digits(line.floor()),
                    Double.isNaN(line.aim()) ? "-" : Summary.digits(line.aim()));
        }
        return table.text();
    }
}
