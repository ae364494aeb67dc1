package io.diapason.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.data.CategoricalColumn;
import io.diapason.data.ClassEncoder;
import io.diapason.data.DataException;
import io.diapason.data.Table;
import io.diapason.data.TableEncoder;
import io.diapason.data.Task;
import io.diapason.metric.Metric;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TabularModelTest {
    private static final ClassEncoder CLASSES = new ClassEncoder(List.of("no", "yes"));

    @Test
    void aNetworkThatDoesNotFitTheEncoderIsRefused() {
        TableEncoder encoder = ModelFixtures.encoder(CLASSES);
        try (Scope scope = Scope.detached(Device.CPU)) {
            Mlp network = new Mlp(scope, new Mlp.Config(8, List.of(), 3, Activation.RELU, 0), Rng.of(1));
            var e = assertThrows(
                    IllegalArgumentException.class, () -> new TabularModel(scope, encoder, network, Map.of()));
            assertEquals("model: the network must map 8 features to 2 outputs, got one of 8 to 3", e.getMessage());
        }
    }

    @Test
    void provenanceHoldsPlainValuesOnly() {
        TableEncoder encoder = ModelFixtures.encoder(CLASSES);
        try (Scope scope = Scope.detached(Device.CPU)) {
            Mlp network = new Mlp(scope, new Mlp.Config(8, List.of(), 2, Activation.RELU, 0), Rng.of(1));
            assertRefused(
                    scope,
                    encoder,
                    network,
                    Map.of("a", Map.of("b", List.of(1, Task.REGRESSION))),
                    "model: provenance.a.b[1] must be text, number, boolean, list or map, got io.diapason.data.Task");
            assertRefused(
                    scope,
                    encoder,
                    network,
                    Map.of("a", Arrays.asList(1, null)),
                    "model: provenance.a[1] must be text, number, boolean, list or map, got null; leave it out");
            List<Object> endless = new ArrayList<>();
            endless.add(endless);
            var e = assertThrows(
                    IllegalArgumentException.class,
                    () -> new TabularModel(scope, encoder, network, Map.of("a", endless)));
            assertEquals(
                    "model: provenance.a" + "[0]".repeat(63) + " must be nested at most 63 deep, got deeper",
                    e.getMessage());
        }
    }

    private static void assertRefused(
            Scope scope, TableEncoder encoder, Mlp network, Map<String, ?> provenance, String message) {
        var e = assertThrows(
                IllegalArgumentException.class, () -> new TabularModel(scope, encoder, network, provenance));
        assertEquals(message, e.getMessage());
    }

    @Test
    void rowsWithoutATargetAreNotEvaluated() {
        try (TabularModel model = ModelFixtures.model(CLASSES, List.of(3), Activation.RELU, 0)) {
            Table fresh = ModelFixtures.fresh();
            var predictions = (Predictions.OfClasses) model.predict(fresh);
            List<String> truth = new ArrayList<>();
            for (int row = 0; row < 6; row++) {
                truth.add(row == 2 ? "" : predictions.label(row));
            }
            var scores = model.evaluate(with(fresh, truth));
            assertEquals(5, scores.rows());
            assertEquals(1, scores.value(Metric.ACCURACY));
            Table none = with(fresh, List.of("", "", "", "", "", ""));
            assertEquals(
                    "fresh: target «the target» must have a value in some row, got none",
                    assertThrows(DataException.class, () -> model.evaluate(none))
                            .getMessage());
        }
    }

    private static Table with(Table table, List<String> target) {
        List<io.diapason.data.Column> columns = new ArrayList<>(table.columns());
        columns.add(CategoricalColumn.of("the target", target));
        return Table.of(table.name(), columns);
    }
}
