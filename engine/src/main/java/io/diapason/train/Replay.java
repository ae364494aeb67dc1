package io.diapason.train;

import io.diapason.backend.NativeProgram;
import io.diapason.nn.Parameter;
import io.diapason.optim.Evaluation;
import io.diapason.optim.Grouped;
import io.diapason.optim.Optimizer;
import io.diapason.optim.OptimizerConfig;
import io.diapason.program.NotReplayableException;
import io.diapason.program.Program;
import io.diapason.program.Recorder;
import io.diapason.program.Recording;
import io.diapason.random.Rng;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Storage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The steps of one training over batches of one size: the first two run as ever and are recorded; when they are alike,
 * those that follow are replayed natively, many at once. Otherwise every step runs as ever, to the same bits.
 */
final class Replay implements AutoCloseable {
    private static final long LONGEST_CALL = 50_000_000; // ns, so that an interrupt is heard soon

    private final Scope scope;
    private final List<Parameter> parameters;
    private final Optimizer optimizer;
    private final Batches batches;
    private final int from; // the steps of an epoch that these are
    private final int to;
    private final boolean clips;
    private final boolean goesBack; // an optimiser of unknown make may step differently at any time
    private @Nullable List<Recording> recordings = new ArrayList<>(); // null once it is decided
    private @Nullable Program program;
    private double stepNanoseconds = LONGEST_CALL;

    Replay(
            Scope scope,
            List<Parameter> parameters,
            Optimizer optimizer,
            Batches batches,
            int from,
            int to,
            TrainConfig config) {
        this.scope = scope;
        this.parameters = parameters;
        this.optimizer = optimizer;
        this.batches = batches;
        this.from = from;
        this.to = to;
        this.clips = config.clipping().norm() < Double.POSITIVE_INFINITY;
        this.goesBack = !isOurs(config.optimizer());
    }

    /** Whether every step of an optimiser makes the same calls, with other numbers. */
    private static boolean isOurs(OptimizerConfig config) {
        return config instanceof Grouped grouped
                ? isOurs(grouped.rest()) && grouped.groups().stream().allMatch(group -> isOurs(group.config()))
                : config.getClass().getPackage().equals(OptimizerConfig.class.getPackage());
    }

    /** Every step runs as ever. */
    void decline() {
        recordings = null;
    }

    /** Whether a step of an epoch is one of these. */
    boolean takes(int number) {
        return number >= from && number < to;
    }

    // ---- recording

    /** Makes a step that is not replayed, and records it where that helps to replay others. */
    Stepper.Made make(int number, Rng masks, Function<Readings, Stepper.Made> step) {
        if (recordings == null) {
            return step.apply(Readings.DIRECT);
        }
        List<Stepper.Made> made = new ArrayList<>();
        long begun = System.nanoTime();
        recordings.add(Recorder.record(
                scope.device(),
                number,
                masks.child(number),
                recorder -> made.add(step.apply(Readings.of(recorder, parameters)))));
        stepNanoseconds = System.nanoTime() - begun;
        decide(recordings);
        return made.get(0);
    }

    private void decide(List<Recording> recorded) {
        try {
            if (recorded.size() == 2) {
                Set<Storage> examples = new LinkedHashSet<>();
                batches.sources().forEach(source -> examples.add(source.storage()));
                program = Program.of(scope, recorded.get(0), recorded.get(1), examples, to);
                recordings = null;
            } else if (recorded.get(0).refusal() != null) {
                throw new NotReplayableException(recorded.get(0).refusal());
            }
        } catch (NotReplayableException e) {
            runAsEver(e);
        }
    }

    private void runAsEver(NotReplayableException reason) {
        LoggerFactory.getLogger(Replay.class)
                .info("training: steps are not replayed but run one by one, because {}", reason.getMessage());
        recordings = null;
        close();
    }

    // ---- replaying

    /** Whether a step of the epoch can be replayed. */
    boolean isReady(int number) {
        return program != null && takes(number);
    }

    /** How many steps from one on are made in one call. */
    int atOnce(int number, boolean each) {
        double fit = LONGEST_CALL / Math.max(1, stepNanoseconds);
        return each ? 1 : (int) Math.max(1, Math.min(to - number, fit));
    }

    /** What comes before an optimiser's step: the factors of schedules. */
    interface Factors {
        double apply(int number);
    }

    /**
     * Replays steps.
     *
     * @return how many were made, and whether all that were to be; fewer when a loss is not finite or an index wrong
     */
    Replayed replay(int first, int steps, Rng masks, Factors factors) {
        Program made = java.util.Objects.requireNonNull(program);
        Map<String, HeapTensor> before = goesBack ? optimizer.state() : Map.of();
        Program.Table table = made.table(steps);
        List<Double> applied = new ArrayList<>();
        try {
            for (int i = 0; i < steps; i++) {
                applied.add(factors.apply(first + i));
                table.add(
                        masks.child(first + i),
                        gradients -> optimizer.step(() -> new Evaluation(Double.NaN, gradients)));
            }
        } catch (NotReplayableException e) {
            if (!goesBack) {
                throw new IllegalStateException("training: " + e.getMessage(), e);
            }
            optimizer.restore(before);
            runAsEver(e);
            return new Replayed(NativeProgram.End.COMPLETE, List.of(), applied);
        }
        long begun = System.nanoTime();
        NativeProgram.Outcome outcome = made.run(first, table);
        stepNanoseconds = (System.nanoTime() - begun) / (double) Math.max(1, outcome.done());
        parameters.forEach(parameter -> parameter.value().storage().countChange());
        List<Stepper.Made> results = new ArrayList<>();
        int count = (int) outcome.done() + (outcome.end() == NativeProgram.End.NOT_FINITE ? 1 : 0);
        for (int i = 0; i < count; i++) {
            double norm = clips ? Math.sqrt(made.result(first + i, 1)) : Double.NaN;
            results.add(new Stepper.Made(made.result(first + i, 0), norm));
        }
        return new Replayed(outcome.end(), results, applied);
    }

    /**
     * What became of steps.
     *
     * @param end why the replay ended
     * @param made each step; the last was not made when the loss was not finite
     * @param factors of the learning rate
     */
    record Replayed(NativeProgram.End end, List<Stepper.Made> made, List<Double> factors) {}

    @Override
    public void close() {
        if (program != null) {
            program.close();
            program = null;
        }
    }
}
