package io.diapason.program;

import io.diapason.random.Rng;
import io.diapason.tensor.DType;
import io.diapason.tensor.HeapTensor;
import io.diapason.tensor.Storage;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one step did.
 *
 * @param step its number within the epoch
 * @param draws what each of the step's passes draws from
 * @param calls in order
 * @param updateFrom the first call of the optimiser
 * @param made memory that was allocated meanwhile
 * @param constants what was copied from the heap, by the name of its memory
 * @param results the memory that the numbers read by the trainer are copied to, 8 bytes each
 * @param resultTypes of these numbers
 * @param gradients where the gradient of each leaf lies
 * @param refusal why this must not be replayed, or null
 */
public record Recording(
        long step,
        List<Rng> draws,
        List<KernelCall> calls,
        int updateFrom,
        Set<Storage> made,
        Map<Storage, HeapTensor> constants,
        Storage results,
        List<DType> resultTypes,
        Map<Tensor, Argument.Place> gradients,
        @Nullable String refusal) {}
