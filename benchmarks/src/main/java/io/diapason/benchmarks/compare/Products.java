package io.diapason.benchmarks.compare;

import io.diapason.benchmarks.measure.Summary;
import io.diapason.benchmarks.measure.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Products of matrices beside MKL and OpenBLAS, in turns in one process. */
final class Products {
    private final Peers peers;
    private final String core;
    private final int turns;

    Products(Peers peers, String core, int turns) {
        this.peers = peers;
        this.core = core;
        this.turns = turns;
    }

    /** What was measured of a product: microseconds a turn. */
    record Measured(ProductShape shape, List<Double> ours, List<Double> mkl, List<Double> openblas, double peak) {
        /** How many times as fast as a peer ours is. */
        Summary ratio(List<Double> peer) {
            return Summary.ofPairs(peer, ours, (theirs, our) -> theirs / our);
        }

        /** Per cent of what a core can do. */
        double percent(List<Double> times) {
            return 100 * shape.flops() / 1e3 / Summary.of(times).median() / peak;
        }

        Map<String, Object> json(String nameOfMkl, String nameOfOpenblas) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("ours_us", Summary.of(ours).rounded());
            json.put("peer_us", Summary.of(mkl).rounded());
            json.put("peer", nameOfMkl);
            json.put("ratio", ratio(mkl).rounded());
            json.put("floor", shape.floor());
            json.put("ratios", ratio(mkl).json());
            json.put("ours", Summary.of(ours).json());
            Map<String, Object> each = new LinkedHashMap<>();
            each.put(nameOfMkl, Summary.of(mkl).json());
            each.put(nameOfOpenblas, Summary.of(openblas).json());
            json.put("peers", each);
            json.put("ours_percent_of_peak", Summary.rounded(percent(ours)));
            json.put("peer_percent_of_peak", Summary.rounded(percent(mkl)));
            return json;
        }
    }

    /** Measures, prints, and returns what JSON holds. */
    Map<String, Object> run() {
        String nameOfMkl = peers.versionOfMkl(core).replaceAll(" (Product|for) .*", "");
        String nameOfOpenblas = "OpenBLAS " + peers.version("openblas");
        System.err.println("gemm: products");
        requireBothLibraries();
        JsonNode answer = peers.withMkl(peers.fork("Products", List.of(Integer.toString(turns))))
                .answer(core);
        double peak = answer.get("peak_gflops").asDouble();
        TextTable table = new TextTable(
                "product, % of " + Summary.digits(peak) + " GF/s",
                "Diapason",
                nameOfMkl,
                nameOfOpenblas,
                "to MKL",
                "floor",
                "to OpenBLAS");
        Map<String, Object> json = new LinkedHashMap<>();
        for (ProductShape shape : ProductShape.ALL) {
            Measured measured = measured(answer, shape, peak);
            table.add(
                    shape.name() + " " + shape.text(),
                    Summary.digits(measured.percent(measured.ours())),
                    Summary.digits(measured.percent(measured.mkl())),
                    Summary.digits(measured.percent(measured.openblas())),
                    measured.ratio(measured.mkl()).text(),
                    Summary.digits(shape.floor()),
                    measured.ratio(measured.openblas()).text());
            json.put(shape.name(), measured.json(nameOfMkl, nameOfOpenblas));
        }
        System.out.println(table.text());
        Peers.settings("products", answer).forEach(System.out::println);
        System.out.println();
        return json;
    }

    /** That each library makes its own products: see {@code bind} of the process. */
    private void requireBothLibraries() {
        String output = peers.withMkl(peers.fork("Products", List.of("0")))
                .with(Map.of("MKL_VERBOSE", "1"))
                .run(core)
                .output();
        if (!output.contains(",13,13,13,") || output.contains(",11,11,11,")) {
            throw new IllegalStateException(
                    "gemm: of two products each library must make its own, got calls of MKL's: " + output);
        }
    }

    private static Measured measured(JsonNode answer, ProductShape shape, double peak) {
        JsonNode times = answer.get(shape.name());
        return new Measured(
                shape, numbers(times.get("ours")), numbers(times.get("MKL")), numbers(times.get("OpenBLAS")), peak);
    }

    private static List<Double> numbers(JsonNode array) {
        return array.valueStream().map(JsonNode::asDouble).toList();
    }
}
