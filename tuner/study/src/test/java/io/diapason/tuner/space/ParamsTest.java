package io.diapason.tuner.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.random.Rng;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParamsTest {
    private static final Params PARAMS = Params.empty()
            .with("lr", 1e-4)
            .with("units", 128)
            .with("optimizer", "sgd")
            .with("nesterov", true)
            .with("hidden", List.of(128, 64))
            .with("betas", List.of(0.9, 1));

    @Test
    void valuesComeBackInTheirOwnKind() {
        assertEquals(1e-4, PARAMS.floating("lr"));
        assertEquals(128.0, PARAMS.floating("units"));
        assertEquals(128, PARAMS.integer("units"));
        assertEquals(1L << 40, PARAMS.with("bytes", 1L << 40).longInteger("bytes"));
        assertEquals("sgd", PARAMS.text("optimizer"));
        assertTrue(PARAMS.flag("nesterov"));
        assertEquals(List.of(128, 64), PARAMS.integers("hidden"));
        assertEquals(List.of(0.9, 1.0), PARAMS.floatings("betas"));
        assertTrue(PARAMS.has("lr"));
        assertFalse(PARAMS.has("momentum"));
    }

    @Test
    void wrongKindsAndMissingValuesAreRefused() {
        assertEquals("params: lr must be a whole number of 32 bits, got 1e-4", refusal(() -> PARAMS.integer("lr")));
        assertEquals(
                "params: bytes must be a whole number of 32 bits, got 1099511627776",
                refusal(() -> PARAMS.with("bytes", 1L << 40).integer("bytes")));
        assertEquals("params: lr must be a whole number, got 1e-4", refusal(() -> PARAMS.longInteger("lr")));
        assertEquals("params: optimizer must be a number, got \"sgd\"", refusal(() -> PARAMS.floating("optimizer")));
        assertEquals("params: units must be text, got 128", refusal(() -> PARAMS.text("units")));
        assertEquals("params: lr must be true or false, got 1e-4", refusal(() -> PARAMS.flag("lr")));
        assertEquals("params: lr must be a list of numbers, got 1e-4", refusal(() -> PARAMS.floatings("lr")));
        assertEquals("params: lr must be a list of whole numbers, got 1e-4", refusal(() -> PARAMS.integers("lr")));
        assertEquals(
                "params: betas must be a list of whole numbers of 32 bits, got [0.9,1]",
                refusal(() -> PARAMS.integers("betas")));
        assertEquals(
                "params: must have a value of momentum, got {\"lr\":1e-4}; it is inactive or not in the space",
                refusal(() -> Params.of(Map.of("lr", 1e-4)).floating("momentum")));
        assertEquals(
                "params: a must be a number, text, a flag or a list of numbers, got an object",
                refusal(() -> Params.parse("{\"a\":{}}")));
        assertEquals("value: number must be finite, got NaN", refusal(() -> PARAMS.with("lr", Double.NaN)));
    }

    @Test
    void textIsCanonicalAndReadsBack() {
        String json = "{\"lr\":1e-4,\"units\":128,\"optimizer\":\"sgd\",\"nesterov\":true,\"hidden\":[128,64],"
                + "\"betas\":[0.9,1]}";
        assertEquals(json, PARAMS.toJson());
        assertEquals(PARAMS, Params.parse(json));
        assertEquals(PARAMS.hashCode(), Params.parse(json).hashCode());
        assertNotEquals(Params.parse("{\"a\":1}"), Params.parse("{\"a\":1.0}"));
        assertNotEquals(Params.parse("{\"a\":1,\"b\":2}"), Params.parse("{\"b\":2,\"a\":1}"));
        assertEquals(Params.parse("{\"a\":0.0}"), Params.parse("{\"a\":-0.0}"));
    }

    @Test
    void numbersHaveTheFewestDigitsThatReadBack() {
        // Double.toString of Java 17 writes 2^-44 and 8.41e21 with a digit too many.
        for (String text : List.of(
                "2e23", "0.002", "1.0", "1e7", "123456.0", "4.9e-324", "1e-5", "8.41e21", "5.684341886080802e-14")) {
            assertEquals("{\"x\":" + text + "}", one(Double.parseDouble(text)).toJson());
        }
        Rng rng = Rng.of(3);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(rng.longAt(i));
            if (Double.isFinite(number)) {
                assertEquals(one(number), Params.parse(one(number).toJson()), "seed 3, index " + i);
            }
        }
    }

    @Test
    void anyTextSurvivesJson() {
        String odd = "\"\\\n\r\t\u0001/ü€😀\ud800x\udc00";
        assertEquals(
                Params.empty().with("t", odd),
                Params.parse(Params.empty().with("t", odd).toJson()));
        assertTrue(Params.empty().with("t", odd).toJson().contains("\\ud800x\\udc00"));
    }

    private static Params one(double number) {
        return Params.empty().with("x", number);
    }

    private static String refusal(Runnable access) {
        return assertThrows(SpaceException.class, access::run).getMessage();
    }
}
