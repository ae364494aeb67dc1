package io.diapason.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diapason.nn.Linear;
import io.diapason.nn.Parameter;
import io.diapason.nn.Pass;
import io.diapason.op.Matmul;
import io.diapason.optim.Optimizer;
import io.diapason.optim.Sgd;
import io.diapason.random.Rng;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What happens to gradients when numbers that the forward pass read are overwritten before {@code backward()}. */
class SavedTensorTest {
    @Test
    void backwardRefusesAnOverwrittenOperandInOneSentence() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.of(Shape.of(2), 1.0, 2.0).requireGradient();
            Tensor weight = scope.of(Shape.of(2), 3.0, 4.0);
            Tensor loss = x.times(weight).sum();
            weight.set(new double[] {100, 100});
            weight.set(new double[] {3, 4});
            assertEquals(
                    "multiply: operand 1 must keep its numbers until backward(), which needs them, got float64 [2] in"
                            + " memory that was changed in place since, 2 times; change a copy, or call backward()"
                            + " before",
                    assertThrows(IllegalStateException.class, loss::backward).getMessage());
        }
    }

    @Test
    void backwardRefusesAnOverwrittenResultThatItNeeds() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.of(Shape.of(2), 1f, 2f).requireGradient();
            Tensor y = x.exp();
            Tensor loss = y.sum();
            y.set(new float[] {100, 100});
            assertEquals(
                    "exp: the result must keep its numbers until backward(), which needs them, got float32 [2] in"
                            + " memory that was changed in place since, once; change a copy, or call backward()"
                            + " before",
                    assertThrows(IllegalStateException.class, loss::backward).getMessage());
        }
    }

    @Test
    void backwardAcceptsOverwrittenNumbersThatNoDerivativeNeeds() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.of(Shape.of(1, 2), 1.0, 2.0);
            Tensor weight = scope.of(Shape.of(2, 1), 3.0, 4.0).requireGradient();
            Tensor bias = scope.of(Shape.of(1), 5.0).requireGradient();
            Tensor y = Matmul.linear(x, weight, bias);
            Tensor loss = y.plus(x.sum()).sum();
            bias.set(new double[] {100});
            y.set(new double[] {100});
            Gradients gradients = loss.backward();
            // d(x W + b) / dW = xᵀ, and / db = 1
            assertArrayEquals(
                    new double[] {1, 2},
                    Objects.requireNonNull(gradients.of(weight)).toDoubleArray());
            assertArrayEquals(
                    new double[] {1}, Objects.requireNonNull(gradients.of(bias)).toDoubleArray());
        }
    }

    @Test
    void aChangeThroughAViewIsSeen() {
        try (Scope scope = Scope.open()) {
            Tensor table = scope.of(Shape.of(2, 2), 1.0, 2.0, 3.0, 4.0);
            Tensor leaf = table.requireGradient();
            Tensor loss = leaf.transpose().square().sum();
            table.rows(1, 2).assign(scope.of(Shape.of(2), 7.0, 8.0));
            assertThrows(IllegalStateException.class, loss::backward);
        }
    }

    @Test
    void anOptimizerStepBetweenForwardAndBackwardIsSeen() {
        try (Scope scope = Scope.open()) {
            Linear first = new Linear(scope, 2, 3, Rng.of(1));
            Linear second = new Linear(scope, 3, 1, Rng.of(2));
            List<Parameter> parameters =
                    List.of(first.weight().named("a"), second.weight().named("b"));
            Optimizer optimizer = new Sgd(0.1).over(scope, parameters);
            Tensor hidden = first.forward(scope.ones(Shape.of(4, 2)), Pass.inference());
            Tensor loss = second.forward(hidden, Pass.inference()).mean();
            optimizer.step(loss.backward());
            assertEquals(
                    "linear: operand 1 must keep its numbers until backward(), which needs them, got float32 [3, 1] in"
                            + " memory that was changed in place since, once; change a copy, or call backward()"
                            + " before",
                    assertThrows(IllegalStateException.class, loss::backward).getMessage());
        }
    }

    @Test
    void aLeafThatRequiresAGradientIsOneAlready() {
        try (Scope scope = Scope.open()) {
            Tensor leaf = scope.of(Shape.of(1), 3.0).requireGradient();
            assertSame(leaf, leaf.requireGradient());
        }
    }

    @Test
    void whatIsRecordedAfterAChangeCountsFromThere() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.of(Shape.of(1), 1.0).requireGradient();
            for (double value : new double[] {2, 5}) {
                x.set(new double[] {value});
                Gradients gradients = x.square().sum().backward();
                // d x² / dx = 2 x
                assertArrayEquals(
                        new double[] {2 * value},
                        Objects.requireNonNull(gradients.of(x)).toDoubleArray());
            }
        }
    }
}
