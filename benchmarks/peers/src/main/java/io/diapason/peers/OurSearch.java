package io.diapason.peers;

import io.diapason.benchmarks.measure.Answer;
import io.diapason.data.Schema;
import io.diapason.data.Split;
import io.diapason.data.Table;
import io.diapason.data.TaskChoice;
import io.diapason.metric.Metric;
import io.diapason.random.Rng;
import io.diapason.tabular.Tuning;
import io.diapason.tabular.TuningConfig;
import io.diapason.tabular.TuningResult;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.SearchSpace;
import io.diapason.tuner.study.Cancellation;
import io.diapason.tuner.study.StudyListener;
import io.diapason.tuner.trial.TrialRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The search of {@code diapason tune} once more, untimed, to tell what the command does not: every trial with its
 * value, and the rows of each part, so that peers search the same. {@code OurSearch DATA TARGET SPACE TRIALS EPOCHS
 * DROPOUT SEED}.
 */
final class OurSearch {
    private OurSearch() {}

    public static void main(String[] arguments) throws IOException {
        Table table = Table.readCsv(Path.of(arguments[0]));
        String target = arguments[1];
        int epochs = Integer.parseInt(arguments[4]);
        double dropout = Double.parseDouble(arguments[5]);
        long seed = Long.parseLong(arguments[6]);
        TuningConfig config = TuningConfig.target(target)
                .space(SearchSpace.read(Path.of(arguments[2])))
                .trials(Integer.parseInt(arguments[3]))
                .fixed(Params.of(Map.of("dropout", dropout)))
                .metric(Metric.ACCURACY)
                .epochs(epochs)
                .patience(0)
                .seed(seed)
                .build();
        Tuning tuning = Tuning.prepare(table, config);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("epochs", epochs);
        answer.put("dropout", dropout);
        putRows(answer, Schema.of(table, target, List.of(), TaskChoice.AUTO), table, seed);
        try (TuningResult result = tuning.run(StudyListener.none(), new Cancellation())) {
            List<TrialRecord> records = result.study().records();
            answer.put("trials", records.stream().map(OurSearch::parameters).toList());
            answer.put(
                    "values",
                    records.stream().map(record -> record.value().orElseThrow()).toList());
        }
        Answer.print(answer);
    }

    private static Map<String, Object> parameters(TrialRecord record) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (String name : List.of("layers", "units", "batch_size")) {
            parameters.put(name, record.params().integer(name));
        }
        parameters.put("lr", record.params().floating("lr"));
        return parameters;
    }

    /** As a tuning splits them: a fifth tests, a fifth of the others decides. */
    private static void putRows(Map<String, Object> answer, Schema schema, Table table, long seed) {
        Rng random = Rng.of(seed).child("split");
        Split outer = Split.of(schema, table, schema.labelledRows(), 0.2, random.child("test"));
        Split inner = Split.of(schema, table, outer.train(), 0.2, random.child("validation"));
        answer.put("training", Arrays.stream(inner.train()).boxed().toList());
        answer.put("validation", Arrays.stream(inner.test()).boxed().toList());
        answer.put("test", Arrays.stream(outer.test()).boxed().toList());
    }
}
