package io.diapason.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diapason.loss.Loss;
import io.diapason.nativelib.NativeLibrary;
import io.diapason.nativelib.generated.Kernels;
import io.diapason.nn.Activation;
import io.diapason.nn.Mlp;
import io.diapason.optim.Adam;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstructionSetsTest {
    private final int chosen = Kernels.dp_isa_current();

    @AfterEach
    void restoreInstructionSet() {
        Kernels.dp_isa_select(chosen);
    }

    private static double loss(int isa, Activation activation) {
        assertEquals(Kernels.DP_OK, Kernels.dp_isa_select(isa));
        try (Scope scope = Scope.open()) {
            Mlp mlp = new Mlp(scope, new Mlp.Config(2, List.of(33, 17), 1, activation, 0.1), Rng.of(3));
            TrainingResult result = new Trainer(
                            mlp, Loss.meanSquaredError(), Training.config(15, 16, 0, new Adam(0.01), 5))
                    .fit(Training.linear(scope, 200), null, epoch -> true);
            return result.history().get(14).trainingLoss();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySetTrainsTheSameNetworkWithinRounding(Activation activation) {
        NativeLibrary.load();
        double reference = loss(Kernels.DP_ISA_PORTABLE, activation);
        for (int isa : new int[] {Kernels.DP_ISA_AVX2, Kernels.DP_ISA_AVX512}) {
            if (Kernels.dp_isa_supported(isa) != 0) {
                // 200 steps of rounding differences of 6e-8 each, amplified by Adam where gradients are small.
                assertEquals(reference, loss(isa, activation), 1e-3 * reference, activation + " on set " + isa);
            }
        }
    }
}
