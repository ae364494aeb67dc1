package io.diapason.cli;

import io.diapason.data.Schema;
import io.diapason.data.Task;
import io.diapason.metric.Metric;
import io.diapason.metric.Scores;
import io.diapason.tabular.Tuning;
import io.diapason.tabular.TuningResult;
import io.diapason.tuner.space.Params;
import io.diapason.tuner.space.Value;
import io.diapason.tuner.study.StudyResult;
import io.diapason.tuner.trial.Direction;
import io.diapason.tuner.trial.TrialRecord;
import io.diapason.tuner.trial.TrialState;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a search found, as text for people or as one JSON object.
 *
 * @param tuning what was searched
 * @param result what was found
 * @param device its name
 * @param model where the model was saved
 * @param seconds of the search and of the last training
 */
record SearchReport(Tuning tuning, TuningResult result, String device, Path model, double seconds) {
    private static final int BEST = 5;
    private static final int REASONS = 3;

    /** One object; the same seed gives the same, but for the seconds. */
    String json() {
        StudyResult study = result.study();
        Map<String, Object> trials = new LinkedHashMap<>();
        trials.put("complete", study.count(TrialState.COMPLETE));
        trials.put("pruned", study.count(TrialState.PRUNED));
        trials.put("failed", study.count(TrialState.FAILED));
        TrialRecord winner = result.winner();
        Map<String, Object> best = new LinkedHashMap<>();
        best.put("number", winner.number());
        best.put("value", winner.value().orElseThrow());
        best.put("params", winner.params().asMap());
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("study", null);
        object.put("task", word(tuning.schema().task()));
        object.put("metric", result.metric().label());
        object.put("direction", word(study.config().direction()));
        object.put("trials", trials);
        object.put("best", best);
        object.put("test", result.test() == null ? null : Json.scores(result.test()));
        object.put("seconds", Math.round(seconds * 1000) / 1000.0);
        object.put("epochs", result.epochs());
        object.put("device", device);
        object.put("model", model.toString());
        return Json.write(object);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Text for people.
     *
     * @param out takes it
     * @param several whether trials compete, so that the best are worth a table
     */
    void print(PrintStream out, boolean several) {
        Schema schema = tuning.schema();
        out.println("task    " + word(schema.task()) + " of «" + schema.target() + "»"
                + (schema.task() == Task.CLASSIFICATION
                        ? ", " + Text.count(schema.classes().size(), "class").replace("classs", "classes")
                        : ""));
        Tuning.RowCounts rows = tuning.rows();
        out.printf(
                Locale.ROOT,
                "rows    %,d training, %,d validation, %,d test%n",
                rows.training(),
                rows.validation(),
                rows.test());
        if (several) {
            printTrials(out);
        } else {
            out.println("fixed   " + compact(result.winner().params()) + "; " + Text.count(result.epochs(), "epoch")
                    + " in " + Text.duration(seconds));
            out.println("score   " + result.metric().label() + " "
                    + Text.number(result.winner().value().orElseThrow()) + " on the validation rows");
        }
        out.println();
        printTest(out, rows, several);
        out.println("model   " + model);
        out.println(
                "use it  " + Console.command() + " predict " + quoted(model.toString()) + " NEW.csv -o PREDICTED.csv");
    }

    private void printTrials(PrintStream out) {
        StudyResult study = result.study();
        int failed = study.count(TrialState.FAILED);
        out.println("trials  " + study.count(TrialState.COMPLETE) + " complete, " + failed + " failed; "
                + Text.count(result.epochs(), "epoch") + " in " + Text.duration(seconds));
        reasons(study).forEach((reason, count) -> out.println("        " + count + " failed with: " + reason));
        out.println();
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("trial", result.metric().label(), "epochs", "parameters"));
        for (TrialRecord trial : best(study)) {
            cells.add(List.of(
                    Integer.toString(trial.number()),
                    Text.number(trial.value().orElseThrow()),
                    Integer.toString(trial.reports().size()),
                    compact(trial.params())));
        }
        out.println("the best on the validation rows");
        printAligned(out, cells);
    }

    private static List<TrialRecord> best(StudyResult study) {
        Comparator<TrialRecord> byValue =
                Comparator.comparingDouble(trial -> trial.value().orElseThrow());
        Comparator<TrialRecord> bestFirst =
                study.config().direction() == Direction.MAXIMIZE ? byValue.reversed() : byValue;
        return study.records().stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE)
                .sorted(bestFirst.thenComparing(TrialRecord::number))
                .limit(BEST)
                .toList();
    }

    /** The most common reasons of failures with how often each came, the most common first. */
    private static Map<String, Long> reasons(StudyResult study) {
        Map<String, Long> counts = study.records().stream()
                .filter(trial -> trial.state() == TrialState.FAILED)
                .flatMap(trial -> trial.reason().stream())
                .map(SearchReport::withoutNumbers)
                .collect(Collectors.groupingBy(reason -> reason, LinkedHashMap::new, Collectors.counting()));
        Map<String, Long> common = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(REASONS)
                .forEach(entry -> common.put(entry.getKey(), entry.getValue()));
        return common;
    }

    /** Where a training diverged differs from trial to trial; that it did is one reason. */
    private static String withoutNumbers(String reason) {
        return reason.replaceAll("(?<=(epoch|step|batch) )\\d+", "…");
    }

    /** All columns but the last are numbers, to the right. */
    private static void printAligned(PrintStream out, List<List<String>> cells) {
        int last = cells.get(0).size() - 1;
        int[] widths = new int[last];
        for (List<String> row : cells) {
            for (int i = 0; i < last; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < last; i++) {
                line.append("  ")
                        .append(" ".repeat(widths[i] - row.get(i).length()))
                        .append(row.get(i));
            }
            out.println(line + "  " + row.get(last));
        }
    }

    private void printTest(PrintStream out, Tuning.RowCounts rows, boolean several) {
        String network = (several ? "trial " + result.winner().number() : "the network") + ", trained again on "
                + Text.count(rows.training() + rows.validation(), "row");
        Scores test = result.test();
        if (test == null) {
            out.println("kept: " + network + "; there are no test rows, so nothing says how good it is on new ones");
        } else {
            out.println("test of " + network + ", on " + Text.count(rows.test(), "row") + " it never saw");
            printScores(out, test);
        }
        out.println();
    }

    /** One line a metric. */
    static void printScores(PrintStream out, Scores scores) {
        int names = scores.values().keySet().stream()
                .mapToInt(metric -> metric.label().length())
                .max()
                .orElse(0);
        int numbers = scores.values().values().stream()
                .mapToInt(value -> Text.number(value).length())
                .max()
                .orElse(0);
        for (Map.Entry<Metric, Double> score : scores.values().entrySet()) {
            String name = score.getKey().label();
            String number = Text.number(score.getValue());
            out.println("  " + name + " ".repeat(names - name.length() + 2 + numbers - number.length()) + number);
        }
    }

    private static String compact(Params params) {
        return params.asMap().isEmpty()
                ? "defaults"
                : params.asMap().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + compact(entry.getValue()))
                        .collect(Collectors.joining(" "));
    }

    private static String compact(Value value) {
        if (value instanceof Value.Floating number) {
            return Text.shortNumber(number.number());
        }
        return value instanceof Value.Numbers list
                ? list.items().stream().map(Value::toText).collect(Collectors.joining(","))
                : value.toText();
    }

    private static String quoted(String path) {
        return path.matches("[\\w./+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
