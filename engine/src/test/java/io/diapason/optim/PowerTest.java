package io.diapason.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PowerTest {
    @Test
    void powersAreWithinAnUlpOfTheExactOnes() {
        Random random = new Random(7);
        MathContext digits = new MathContext(60);
        for (int i = 0; i < 2000; i++) {
            double base = i % 3 == 0 ? 0.999 : random.nextDouble();
            int exponent = 1 + random.nextInt(i % 2 == 0 ? 20 : 5000);
            double exact = new BigDecimal(base).pow(exponent, digits).doubleValue();
            double tolerance = exact < Double.MIN_NORMAL * 0x1p60 ? Double.MIN_NORMAL * 0x1p8 : Math.ulp(exact);
            assertEquals(exact, new Power().of(base, exponent), tolerance, base + " to the " + exponent);
        }
    }

    @Test
    void aPowerDoesNotDependOnThoseBefore() {
        Power power = new Power();
        for (long exponent : new long[] {1, 2, 3, 1000, 7, 1_000_000, 0, 5}) {
            for (double base : new double[] {0.9, 0.999, 0, 1}) {
                double once = new Power().of(base, exponent);
                assertEquals(once, power.of(base, exponent));
                assertEquals(once, power.of(base, exponent));
            }
        }
        assertEquals(1, power.of(0.5, 0));
        assertEquals(0.125, power.of(0.5, 3));
    }
}
