package io.diapason.benchmarks.guard;

import io.diapason.loss.Loss;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.optim.Adam;
import io.diapason.random.Rng;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.train.Examples;
import io.diapason.train.TrainConfig;
import io.diapason.train.TrainListener;
import io.diapason.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;

/**
 * A training by the {@link Trainer} against reference kernels that do a step's arithmetic one by one: a turn is an
 * epoch of ours, and then as many steps of the reference.
 */
final class StepDuel implements Duel {
    private static final int BATCHES = 4; // so that a turn is shorter than a slice of the scheduler
    private static final int EPOCHS = 32;
    private static final int RECORDED = 1; // epochs at the beginning, in which steps are recorded
    private static final long SETTLED = 1_200_000_000; // ns until Java's compiler is done with a training
    private static final int HEAD = 16; // the reference's columns of a head
    private static final float SCALE = 1.25f;
    private static final int THRESHOLD = 13_107;

    private final int in;
    private final int hidden;
    private final int out;
    private final int batch;
    private final Examples examples;
    private final List<Runnable> reference = new ArrayList<>();

    StepDuel(Memory memory, int isa, int in, int hidden, int out, int batch) {
        this.in = in;
        this.hidden = hidden;
        this.out = out;
        this.batch = batch;
        int rows = BATCHES * batch;
        Rng random = Rng.of(3);
        float[] features = new float[rows * in];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.gaussianAt(i);
        }
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = random.child("labels").intAt(i, out);
        }
        this.examples = new Examples(
                memory.scope().of(Shape.of(rows, in), features), memory.scope().of(Shape.of(rows), labels));
        addReference(memory, isa);
        Turns unread = new Turns();
        for (long begun = System.nanoTime(); System.nanoTime() - begun < SETTLED; ) {
            fight(unread);
        }
    }

    private void addReference(Memory memory, int isa) {
        long units = (long) batch * hidden;
        FloatPointer table = memory.floats((long) BATCHES * batch * in);
        LongPointer index = memory.indices(batch, BATCHES * batch);
        LongPointer targets = memory.indices(batch, out);
        FloatPointer x = memory.floats((long) batch * in);
        FloatPointer first = memory.floats((long) in * hidden);
        FloatPointer second = memory.floats((long) hidden * hidden);
        FloatPointer third = memory.floats((long) hidden * HEAD);
        FloatPointer hiddenOne = memory.floats(units);
        FloatPointer hiddenTwo = memory.floats(units);
        FloatPointer gradient = memory.floats(units);
        FloatPointer logits = memory.floats((long) batch * HEAD);
        FloatPointer weights = memory.floats((long) hidden * hidden);
        BytePointer kept = memory.flags(units);
        add(() -> Reference.reference_gather(isa, batch, in, index, table, x));
        gemm(isa, 0, batch, hidden, in, x, first, hiddenOne);
        add(() -> Reference.reference_dropout(isa, units, THRESHOLD, 0, SCALE, 1, 2, hiddenOne, gradient));
        gemm(isa, 0, batch, hidden, hidden, hiddenOne, second, hiddenTwo);
        add(() -> Reference.reference_dropout(isa, units, THRESHOLD, 0, SCALE, 1, 3, hiddenTwo, gradient));
        gemm(isa, 0, batch, HEAD, hidden, hiddenTwo, third, logits);
        add(() -> Reference.reference_cross_entropy(isa, batch, logits, targets, x));
        gemm(isa, 1, hidden, HEAD, batch, hiddenTwo, logits, weights);
        gemm(isa, 0, batch, hidden, HEAD, logits, third, gradient);
        add(() -> Reference.reference_dropout_kept(isa, units, SCALE, kept, gradient, hiddenTwo));
        gemm(isa, 1, hidden, hidden, batch, hiddenOne, hiddenTwo, weights);
        gemm(isa, 0, batch, hidden, hidden, hiddenTwo, second, gradient);
        add(() -> Reference.reference_dropout_kept(isa, units, SCALE, kept, gradient, hiddenOne));
        gemm(isa, 1, in, hidden, batch, x, hiddenOne, weights);
        long parameters = (long) hidden * (in + hidden + HEAD);
        FloatPointer p = memory.floats(parameters);
        FloatPointer g = memory.floats(parameters);
        FloatPointer m = memory.zeros(parameters);
        FloatPointer v = memory.zeros(parameters);
        add(() -> Reference.reference_adam(isa, parameters, p, g, m, v, 1e-3f, 0.9f, 0.999f, 1, 1e-8f));
    }

    private void gemm(int isa, int transposeA, long m, long n, long k, FloatPointer a, FloatPointer b, FloatPointer c) {
        add(() -> Reference.reference_gemm(isa, transposeA, m, n, k, a, b, c));
    }

    private void add(Runnable kernel) {
        reference.add(kernel);
    }

    @Override
    public void fight(Turns turns) {
        TrainConfig config = TrainConfig.of(EPOCHS, batch, new Adam(1e-3), 1);
        Mlp.Config network = new Mlp.Config(in, List.of(hidden, hidden), out, Activation.RELU, 0.2);
        try (Scope training = Scope.detached(Device.CPU)) {
            long[] begun = {0};
            new Trainer(new Mlp(training, network, Rng.of(1)), Loss.crossEntropy(), config)
                    .fit(examples, null, TrainListener.epochs(epoch -> {
                        long between = System.nanoTime();
                        for (int step = 0; step < BATCHES; step++) {
                            reference.forEach(Runnable::run);
                        }
                        long end = System.nanoTime();
                        if (epoch.number() > RECORDED) {
                            turns.add((double) (between - begun[0]) / BATCHES, (double) (end - between) / BATCHES);
                        }
                        begun[0] = System.nanoTime();
                        return true;
                    }));
        }
    }
}
