package io.diapason.train;

import io.diapason.autograd.Gradients;
import io.diapason.backend.NativeRun;
import io.diapason.nn.Parameter;
import io.diapason.optim.Evaluation;
import io.diapason.optim.Grouped;
import io.diapason.optim.Optimizer;
import io.diapason.optim.OptimizerConfig;
import io.diapason.program.JavaState;
import io.diapason.program.NotReplayableException;
import io.diapason.program.Program;
import io.diapason.program.Recorder;
import io.diapason.program.Recording;
import io.diapason.random.Rng;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one training over batches of one size: the first two run as ever and are recorded; when they are alike,
 * those that follow are replayed natively, many at once. Otherwise every step runs as ever, to the same bits.
 */
final class Replay implements AutoCloseable {
    private static final int MOST_STEPS = 1 << 17; // a call, so that its table stays at tens of MB

    private final Scope scope;
    private final List<Parameter> parameters;
    private final Optimizer optimizer;
    private final Averages averages;
    private final Stepper stepper;
    private final int from; // the steps of an epoch that these are
    private final int to;
    private final boolean clips;
    private final Consumer<String> log;
    private final Object[] code; // what runs in a step and may be a user's
    private final boolean takesLoss; // which is not known before a replayed step
    private final boolean shares; // groups with one rate times 0 look alike until a schedule says more
    private final boolean goesBack; // an optimiser of unknown make may step differently at any time
    private @Nullable List<Recording> recordings = new ArrayList<>(); // null once it is decided
    private @Nullable Program program;
    private @Nullable JavaState state; // as it was when the last step was recorded
    private final Consumer<Gradients> stepOfOptimizer;
    private Averages.Phase phase = Averages.Phase.NONE; // when steps were recorded
    private int firstReplayed; // of the last call
    private int replayed; // steps that it was to make
    private int made; // steps of it that have results
    private double[] applied = {}; // factors of its steps

    Replay(
            Scope scope,
            List<Parameter> parameters,
            Optimizer optimizer,
            Averages averages,
            Stepper stepper,
            int from,
            int to,
            TrainConfig config,
            Consumer<String> log,
            Object... code) {
        this.scope = scope;
        this.parameters = parameters;
        this.optimizer = optimizer;
        this.averages = averages;
        this.stepper = stepper;
        this.from = from;
        this.to = to;
        this.code = code;
        this.log = log;
        this.clips = config.clipping().norm() < Double.POSITIVE_INFINITY;
        this.goesBack = !isOurs(config.optimizer());
        this.takesLoss = goesBack && takesLoss(optimizer);
        this.shares = !goesBack && !(config.optimizer() instanceof Grouped);
        Consumer<Gradients> update = // the former opens a scope for what an optimiser of one's own makes
                goesBack ? gradients -> optimizer.step(() -> new Evaluation(Double.NaN, gradients)) : optimizer::step;
        this.stepOfOptimizer = averages.followSteps()
                ? gradients -> {
                    update.accept(gradients);
                    averages.afterStep();
                }
                : update;
    }

    /** Whether every step of an optimiser makes the same calls, with other numbers. */
    private static boolean isOurs(OptimizerConfig config) {
        return config instanceof Grouped grouped
                ? isOurs(grouped.rest()) && grouped.groups().stream().allMatch(group -> isOurs(group.config()))
                : config.getClass().getPackage().equals(OptimizerConfig.class.getPackage());
    }

    /** Whether an optimiser's step has code of its own around the closure, and so sees the loss. */
    private static boolean takesLoss(Optimizer optimizer) {
        return Arrays.stream(optimizer.getClass().getMethods())
                .anyMatch(method -> method.getName().equals("step")
                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {Supplier.class})
                        && method.getDeclaringClass() != Optimizer.class);
    }

    /** Every step runs as ever. */
    void decline() {
        recordings = null;
        close();
    }

    /** Whether every step runs as ever. */
    boolean isDeclined() {
        return recordings == null;
    }

    /** Whether a step of an epoch is one of these. */
    boolean takes(int number) {
        return number >= from && number < to;
    }

    // ---- recording

    /** Makes a step that is not replayed, and records it where that helps to replay others. */
    Stepper.Made make(int number, Rng masks, Function<Readings, Stepper.Made> step) {
        follow();
        if (recordings != null && takesLoss) {
            runAsEver(new NotReplayableException("the optimiser's step(Supplier) sees the loss of each step"));
        }
        if (recordings == null || averages.phase() == Averages.Phase.FIRST || !stepper.isRegular()) {
            return step.apply(Readings.DIRECT);
        }
        List<Stepper.Made> result = new ArrayList<>();
        JavaState before = JavaState.of(code);
        Recording recording = Recorder.record(
                scope.device(),
                number,
                stepper.passes(number).mapToObj(masks::child).toList(),
                recorder -> result.add(step.apply(Readings.of(recorder, parameters))));
        try {
            requireUnchanged(before, "in a step");
            requireUnchanged(state, "between two steps");
            state = before;
            decide(recordings, recording);
        } catch (NotReplayableException e) {
            runAsEver(e);
        }
        return result.get(0);
    }

    private void decide(List<Recording> recorded, Recording recording) throws NotReplayableException {
        if (program != null) {
            program.requireLike(recording);
            return;
        }
        if (recording.refusal() != null) {
            throw new NotReplayableException(recording.refusal());
        }
        recorded.add(recording);
        if (recorded.size() == 2) {
            Set<Storage> examples = new LinkedHashSet<>();
            stepper.sources().forEach(source -> examples.add(source.storage()));
            program = Program.of(scope, recorded.get(0), recorded.get(1), examples, to, shares);
            recorded.clear();
        }
    }

    /** Forgets what was recorded when steps do more than they did: averages begin to follow them. */
    private void follow() {
        if (recordings != null && phase != averages.phase()) {
            phase = averages.phase();
            recordings.clear();
            state = null;
            close();
        }
    }

    /** Replayed steps run no code of modules and losses: what that code would have met must be what it met before. */
    static void requireUnchanged(@Nullable JavaState before, String when) throws NotReplayableException {
        String change = before == null ? null : before.change();
        if (change != null) {
            throw new NotReplayableException(change + " changed " + when);
        }
        if (before != null && before.generator() != null) {
            throw new NotReplayableException(before.generator()
                    + ", gives other numbers at each use; what a pass draws from nextRandom() is replayed");
        }
    }

    private void runAsEver(NotReplayableException reason) {
        log.accept("training: steps are not replayed but run one by one, because " + reason.getMessage());
        recordings = null;
        close();
    }

    // ---- replaying

    /**
     * Whether a step of the epoch can be replayed. The first step of each epoch runs code of users', and is compared
     * with those recorded: what it reads elsewhere than in its own fields may have changed.
     */
    boolean isReady(int number) {
        follow();
        if (program == null || !takes(number) || !stepper.isRegular()) {
            return false;
        }
        try {
            requireUnchanged(state, "after steps were recorded");
        } catch (NotReplayableException e) {
            runAsEver(e);
            return false;
        }
        return number > 0 || state == null || !state.isForeign();
    }

    /** What comes before an optimiser's step: the factors of schedules. */
    interface Factors {
        double apply(int number);
    }

    /**
     * Makes ready to replay steps, of which the first is ready.
     *
     * @param each whether it is the first alone, or all from it on, as far as a table goes
     * @return false when they cannot be replayed after all
     */
    boolean prepare(int first, boolean each, Rng masks, Factors factors) {
        Program recorded = Objects.requireNonNull(program);
        Map<String, HeapTensor> before = goesBack ? optimizer.state() : Map.of();
        Map<String, HeapTensor> averagesBefore = goesBack ? averages.state() : Map.of();
        firstReplayed = first;
        replayed = each ? 1 : Math.min(to - first, MOST_STEPS);
        recorded.begin(replayed);
        if (applied.length < replayed) {
            applied = new double[replayed];
        }
        try {
            for (int i = 0; i < replayed; i++) {
                applied[i] = factors.apply(first + i);
                recorded.add(masks, stepper.firstPass(first + i), stepOfOptimizer);
            }
        } catch (NotReplayableException e) {
            if (!goesBack) {
                throw new IllegalStateException("training: " + e.getMessage(), e);
            }
            optimizer.restore(before);
            averages.restore(averagesBefore);
            runAsEver(e);
            return false;
        }
        return true;
    }

    /** Adds the steps that are ready to what runs next. */
    void addTo(NativeRun run) {
        Objects.requireNonNull(program).addTo(run, firstReplayed);
    }

    /** How many steps are ready. */
    int ready() {
        return replayed;
    }

    /**
     * Takes in what became of the steps; what each of them made can be asked for until others are made ready.
     *
     * @param done how many are complete
     * @param diverged whether the one after them was not made because its loss was not finite
     */
    void ran(long done, boolean diverged) {
        Objects.requireNonNull(program).ran();
        made = (int) done + (diverged ? 1 : 0);
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).value().storage().countChange();
        }
    }

    /** How many of the steps have results; the last was not made when its loss was not finite. */
    int made() {
        return made;
    }

    /** The loss of a replayed step, from 0 within the last call. */
    double loss(int index) {
        return Objects.requireNonNull(program).result(firstReplayed + index, 0);
    }

    /** The norm of its gradients before clipping, or NaN. */
    double gradientNorm(int index) {
        return clips ? Math.sqrt(Objects.requireNonNull(program).result(firstReplayed + index, 1)) : Double.NaN;
    }

    /** The factor of its learning rate. */
    double factor(int index) {
        return applied[index];
    }

    @Override
    public void close() {
        if (program != null) {
            program.close();
            program = null;
        }
    }
}
