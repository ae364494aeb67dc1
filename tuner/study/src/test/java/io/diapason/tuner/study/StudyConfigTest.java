package io.diapason.tuner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.tuner.trial.Direction;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StudyConfigTest {
    @Test
    void parallelismIsATenthOfTheTrialsFrom8To64() {
        assertEquals(8, StudyConfig.minimize(1).parallelism());
        assertEquals(8, StudyConfig.minimize(89).parallelism());
        assertEquals(9, StudyConfig.minimize(90).parallelism());
        assertEquals(63, StudyConfig.minimize(639).parallelism());
        assertEquals(64, StudyConfig.minimize(100_000).parallelism());
    }

    @Test
    void defaultsAndChangesAreKept() {
        StudyConfig config = StudyConfig.maximize(100);
        assertNull(config.name());
        assertNull(config.timeBudget());
        assertEquals(0, config.seed());
        assertEquals(Runtime.getRuntime().availableProcessors(), config.workers());
        assertEquals(
                new StudyConfig("houses", Direction.MAXIMIZE, 100, 3, 2, 42, Duration.ofMinutes(1)),
                config.name("houses").parallelism(3).workers(2).seed(42).timeBudget(Duration.ofMinutes(1)));
    }

    @Test
    void impossibleConfigurationsAreRefused() {
        assertEquals("study: trials must be at least 1, got 0", refusal(() -> StudyConfig.minimize(0)));
        StudyConfig ten = StudyConfig.minimize(10);
        assertEquals("study: parallelism must be at least 1, got 0", refusal(() -> ten.parallelism(0)));
        assertEquals("study: workers must be at least 1, got -1", refusal(() -> ten.workers(-1)));
        assertEquals("study: name must not be blank, got \" \"", refusal(() -> ten.name(" ")));
        assertEquals("study: time budget must be above 0, got PT0S", refusal(() -> ten.timeBudget(Duration.ZERO)));
    }

    private static String refusal(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
