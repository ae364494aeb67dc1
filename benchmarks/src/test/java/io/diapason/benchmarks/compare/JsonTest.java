package io.diapason.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.benchmarks.measure.Fork;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other programs read: names that stay. */
class JsonTest {
    private static final Steps.Peer MKL = new Steps.Peer("libtorch 2.13.0 (MKL)", List.of(300.0, 310.0, 290.0));
    private static final Steps.Peer OPENBLAS =
            new Steps.Peer("libtorch 2.13.0 (OpenBLAS)", List.of(280.0, 290.0, 270.0));

    @Test
    void aStepNamesOursThePeerAndTheRatio() {
        Steps.Measured measured = new Steps.Measured(
                Steps.LINES.get(0), List.of(14.0, 14.5, 13.5), List.of(30.0, 30.0, 30.0), List.of(MKL, OPENBLAS));

        JsonNode json = json(measured.json());

        assertEquals(14, json.get("ours_us").asDouble());
        assertEquals(280, json.get("peer_us").asDouble(), "of the faster peer");
        assertEquals("libtorch 2.13.0 (OpenBLAS)", json.get("peer").asString());
        assertEquals(20, json.get("ratio").asDouble());
        assertEquals(18, json.get("floor").asDouble());
        assertEquals(2, json.get("ratios").get("interval").size());
        assertEquals(2, json.get("peers").size());
        assertTrue(json.get("ours").get("q1").asDouble()
                <= json.get("ours").get("q3").asDouble());
    }

    @Test
    void aProductHasItsShareOfThePeak() {
        ProductShape shape = ProductShape.ALL.get(0); // 32 x 64 x 64: 262,144 operations
        Products.Measured measured =
                new Products.Measured(shape, List.of(2.62144), List.of(5.24288), List.of(10.48576), 200);

        JsonNode json = json(measured.json("oneMKL 2026", "OpenBLAS 0.3"));

        assertEquals(2, json.get("ratio").asDouble());
        assertEquals(50, json.get("ours_percent_of_peak").asDouble()); // 100 of 200 GF/s
        assertEquals(25, json.get("peer_percent_of_peak").asDouble());
        assertEquals("oneMKL 2026", json.get("peer").asString());
    }

    @Test
    void aPredictionHasItsBytes() {
        Predictions.Measured measured = new Predictions.Measured(
                1,
                List.of(10.0, 10.0, 10.0),
                List.of(1200.0, 1200.0, 1200.0),
                List.of(2.0, 2.0, 2.0),
                List.of(MKL, OPENBLAS));

        JsonNode json = json(measured.json());

        assertEquals(1200, json.get("bytes_a_call").asDouble());
        assertEquals(28, json.get("ratio").asDouble());
        // (32 + 2 * 256 + 10) / 256 times the product's work in 5 times its time
        assertEquals(100 * 554 / 256.0 / 5, json.get("percent_of_gemm_rate").asDouble(), 0.01);
    }

    @Test
    void theAnswerIsTheLastLineOfJson() {
        assertEquals(
                2, Fork.answerOf("{\"a\": 1}\nchatter {\n{\"a\": 2}\n").get("a").asInt());
    }

    private static JsonNode json(Map<String, Object> values) {
        JsonMapper mapper = new JsonMapper();
        return mapper.readTree(mapper.writeValueAsString(values));
    }
}
