package io.diapason.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diapason.data.Task;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricTest {
    @Test
    void everyMetricIsFoundByItsLabel() {
        for (Metric metric : Metric.values()) {
            assertEquals(metric, Metric.named(metric.label()));
            assertEquals(metric, Metric.named(metric.label(), metric.task()));
        }
        assertEquals(
                "accuracy balanced_accuracy precision recall f1 roc_auc log_loss rmse mae r2",
                List.of(Metric.values()).stream().map(Metric::label).collect(Collectors.joining(" ")));
    }

    @Test
    void errorsAndLossesAreMinimized() {
        for (Metric metric : Metric.values()) {
            boolean loss = List.of(Metric.LOG_LOSS, Metric.RMSE, Metric.MAE).contains(metric);
            assertEquals(loss ? Direction.MINIMIZE : Direction.MAXIMIZE, metric.direction(), metric.label());
        }
    }

    @Test
    void unknownLabelIsRefusedWithTheNearestOrAllLabels() {
        assertEquals(
                "metric: must name a metric, got «acuracy»; did you mean «accuracy»?",
                assertThrows(IllegalArgumentException.class, () -> Metric.named("acuracy"))
                        .getMessage());
        assertEquals(
                "metric: must name a metric of regression, got «accuracy»; known are: rmse, mae, r2",
                assertThrows(IllegalArgumentException.class, () -> Metric.named("accuracy", Task.REGRESSION))
                        .getMessage());
    }

    @Test
    void betterIsLessOrMoreAndAnyNumberIsBetterThanNaN() {
        assertTrue(Direction.MINIMIZE.isBetter(1, 2));
        assertTrue(Direction.MAXIMIZE.isBetter(2, 1));
        for (Direction direction : Direction.values()) {
            assertFalse(direction.isBetter(1, 1));
            assertTrue(direction.isBetter(1, Double.NaN));
            assertFalse(direction.isBetter(Double.NaN, 1));
            assertFalse(direction.isBetter(Double.NaN, Double.NaN));
        }
    }
}
