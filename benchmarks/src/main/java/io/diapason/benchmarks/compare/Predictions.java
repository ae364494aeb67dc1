package io.diapason.benchmarks.compare;

import io.diapason.benchmarks.compare.Peers.Blas;
import io.diapason.benchmarks.measure.Fork;
import io.diapason.benchmarks.measure.Summary;
import io.diapason.benchmarks.measure.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Predictions by a perceptron 32-256-256-256-10 with ReLU, from Java, beside libtorch. */
public final class Predictions {
    /** Columns of the input. */
    public static final int IN = 32;

    /** Units of each of three hidden layers. */
    public static final int HIDDEN = 256;

    /** Columns of the result. */
    public static final int OUT = 10;

    private static final List<Integer> ROWS = List.of(1, 4096);

    private final Peers peers;
    private final String core;
    private final int rounds;

    Predictions(Peers peers, String core, int rounds) {
        this.peers = peers;
        this.core = core;
        this.rounds = rounds;
    }

    /** What was measured at some number of rows. */
    record Measured(int rows, List<Double> ours, List<Double> bytes, List<Double> products, List<Steps.Peer> peers) {
        Steps.Peer faster() {
            return Collections.min(
                    peers,
                    Comparator.comparingDouble(peer -> Summary.of(peer.times()).median()));
        }

        Summary ratio() {
            return Summary.ofPairs(faster().times(), ours, (peer, our) -> peer / our);
        }

        /** Of the rate of a hidden layer's product, per cent of the whole prediction's rate. */
        Summary percentOfProduct() {
            double work = (double) (IN * HIDDEN + 2 * HIDDEN * HIDDEN + HIDDEN * OUT) / (HIDDEN * HIDDEN);
            return Summary.ofPairs(products, ours, (product, our) -> 100 * work * product / our);
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("ours_us", Summary.of(ours).rounded());
            json.put("peer_us", Summary.of(faster().times()).rounded());
            json.put("peer", faster().name());
            json.put("ratio", ratio().rounded());
            json.put("ratios", ratio().json());
            json.put("ours", Summary.of(ours).json());
            json.put("bytes_a_call", Summary.of(bytes).rounded());
            json.put("percent_of_gemm_rate", percentOfProduct().rounded());
            return json;
        }
    }

    /** Measures, prints, and returns what JSON holds. */
    Map<String, Object> run() {
        List<Measured> all = ROWS.stream().map(this::measure).toList();
        TextTable table = new TextTable(
                "prediction, us",
                "Diapason",
                "bytes a call",
                "% of its product's rate",
                all.get(0).peers().get(0).name(),
                all.get(0).peers().get(1).name(),
                "ratio");
        all.forEach(measured -> table.add(
                IN + "-" + HIDDEN + "x3-" + OUT + " x " + measured.rows(),
                Summary.of(measured.ours()).text(),
                Summary.digits(Summary.of(measured.bytes()).median()),
                measured.percentOfProduct().text(),
                Summary.of(measured.peers().get(0).times()).text(),
                Summary.of(measured.peers().get(1).times()).text(),
                measured.ratio().text()));
        System.out.println(table.text());
        Map<String, Object> json = new LinkedHashMap<>();
        all.forEach(measured -> json.put("predict " + measured.rows(), measured.json()));
        return json;
    }

    private Measured measure(int rows) {
        System.err.println("gemm: predictions of " + rows);
        List<String> arguments = List.of(Integer.toString(rows));
        String classPath = System.getProperty("java.class.path");
        Map<String, List<Double>> peer = new LinkedHashMap<>();
        List<Double> ours = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        List<Double> products = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            JsonNode our = Fork.java(classPath, List.of(), OurPredictions.class.getName(), arguments)
                    .answer(core);
            ours.add(our.get("us").asDouble());
            bytes.add(our.get("bytes").asDouble());
            products.add(our.get("product_us").asDouble());
            for (Blas blas : Blas.values()) {
                JsonNode answer =
                        peers.fork(blas, "TorchPredictions", arguments).answer(core);
                peer.computeIfAbsent(answer.get("name").asString() + " (" + blas.title + ")", none -> new ArrayList<>())
                        .add(answer.get("us").asDouble());
            }
        }
        List<Steps.Peer> named = peer.entrySet().stream()
                .map(entry -> new Steps.Peer(entry.getKey(), entry.getValue()))
                .toList();
        return new Measured(rows, ours, bytes, products, named);
    }
}
