package io.diapason.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.tuner.space.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TextTest {
    @Test
    void numbersAreAsLongAsPeopleReadThem() {
        assertEquals("0.9722", Text.number(0.97222));
        assertEquals("0.0000", Text.number(0));
        assertEquals("-12.3457", Text.number(-12.34567));
        assertEquals("23456.8", Text.number(23456.78));
        assertEquals("1.235e-07", Text.number(1.23456e-7));
        assertEquals("1.235e+12", Text.number(1.23456e12));
        assertEquals("undefined", Text.number(Double.NaN));
        assertEquals("infinite", Text.number(Double.POSITIVE_INFINITY));
        assertEquals("-infinite", Text.number(Double.NEGATIVE_INFINITY));
    }

    @Test
    void shortNumbersHaveThreeDigitsThatCount() {
        assertEquals("0", Text.shortNumber(0));
        assertEquals("0.00123", Text.shortNumber(0.0012345));
        assertEquals("0.5", Text.shortNumber(0.5));
        assertEquals("1.23e-6", Text.shortNumber(1.2345e-6));
        assertEquals("1e-5", Text.shortNumber(1e-5));
        assertEquals("12300", Text.shortNumber(12345));
        assertEquals("-1.5e9", Text.shortNumber(-1.5e9));
    }

    @Test
    void durationsAreInTheUnitsOfTheirLength() {
        assertEquals("0.3 s", Text.duration(0.34));
        assertEquals("34 s", Text.duration(34.4));
        assertEquals("1 min 0 s", Text.duration(59.97));
        assertEquals("2 min 5 s", Text.duration(125));
        assertEquals("3 h 10 min", Text.duration(11_400));
    }

    @Test
    void timesAreSumsOfNumbersWithUnits() {
        Converters.Time time = new Converters.Time();
        assertEquals(Duration.ofSeconds(90), time.convert("90s"));
        assertEquals(Duration.ofMinutes(10), time.convert("10m"));
        assertEquals(Duration.ofMinutes(90), time.convert("1h30m"));
        assertEquals(Duration.ofMillis(500), time.convert("500ms"));
        assertEquals(Duration.ofDays(2), time.convert("2d"));
    }

    @Test
    void jsonHasNullForNumbersThatAreNotFiniteAndPlainValuesForParameters() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("nan", Double.NaN);
        object.put("infinite", Double.NEGATIVE_INFINITY);
        object.put("number", 0.1);
        object.put(
                "values",
                List.of(Value.of(1e-3), Value.of(64), Value.of("adam"), Value.of(true), Value.of(List.of(8, 4))));
        object.put("none", null);
        assertEquals(
                "{\"nan\":null,\"infinite\":null,\"number\":0.1,\"values\":[0.001,64,\"adam\",true,[8,4]],\"none\":null}",
                Json.write(object));
    }
}
