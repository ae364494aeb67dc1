package io.diapason.cli;

import io.diapason.metric.Metric;
import io.diapason.tabular.Hyperparameter;
import io.diapason.tabular.TuningConfig;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SpaceException;
import io.diapason.tuner.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How one network is trained. */
final class FitOptions {
    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "Fixes a hyperparameter, such as lr=1e-3 or hidden=128,64; may be given for many. Names: layers"
                            + " and units, or hidden; activation, dropout, lr, batch_size, optimizer, momentum, nesterov, beta1,"
                            + " beta2, weight_decay, l1, l2, epochs.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description =
                    "What decides: log_loss (the default of classification), accuracy, balanced_accuracy, precision,"
                            + " recall, f1 or roc_auc; rmse (the default of regression), mae or r2.")
    private @Nullable String metric;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "The most epochs of a training (default " + TuningConfig.DEFAULT_EPOCHS + ").")
    private int epochs = TuningConfig.DEFAULT_EPOCHS;

    @Option(
            names = "--patience",
            paramLabel = "N",
            converter = Converters.CountOrNone.class,
            description = "Epochs without a better validation value before a training stops (default "
                    + TuningConfig.DEFAULT_PATIENCE + "); 0 never stops early.")
    private int patience = TuningConfig.DEFAULT_PATIENCE;

    @Option(
            names = "--seed",
            paramLabel = "S",
            converter = Converters.Seed.class,
            description =
                    "The seed of everything random (default 0). The same seed gives the same result, on any number"
                            + " of workers.")
    private long seed;

    @Option(
            names = "--device",
            paramLabel = "auto|cpu",
            converter = Converters.Device.class,
            description = "Where it is computed (default auto).")
    private Converters.DeviceOption device = Converters.DeviceOption.AUTO;

    /** Adds these options to a configuration. */
    TuningConfig.Builder addTo(TuningConfig.Builder config) {
        return config.fixed(fixed())
                .metric(metric())
                .epochs(epochs)
                .patience(patience)
                .seed(seed);
    }

    /** The device by the name that it has in results. */
    String device() {
        return switch (device) {
            case AUTO, CPU -> "cpu";
        };
    }

    private @Nullable Metric metric() {
        try {
            return metric == null ? null : Metric.named(metric);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage(), e);
        }
    }

    private Params fixed() {
        Map<String, Value> values = new LinkedHashMap<>();
        for (String assignment : set) {
            int equals = assignment.indexOf('=');
            if (equals < 1 || equals == assignment.length() - 1) {
                throw new UsageException("--set: must be NAME=VALUE, such as lr=1e-3, got «" + assignment + "»");
            }
            String name = assignment.substring(0, equals).strip();
            try {
                Value value = Hyperparameter.named(name)
                        .parse(assignment.substring(equals + 1).strip());
                if (values.put(name, value) != null) {
                    throw new UsageException("--set: every name must be given once, got «" + name + "» twice");
                }
            } catch (SpaceException e) {
                throw new UsageException("--set: " + e.getMessage(), e);
            }
        }
        return Params.of(values);
    }
}
