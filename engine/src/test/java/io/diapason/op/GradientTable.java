package io.diapason.op;

import static io.diapason.op.OpMethods.In.A;
import static io.diapason.op.OpMethods.In.B;
import static io.diapason.op.OpMethods.In.C;

import io.diapason.op.OpMethods.Call;
import io.diapason.op.OpMethods.In;
import io.diapason.op.OpMethods.Made;
import io.diapason.tensor.DType;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every operation in every variant, with the inputs its gradient is checked at: away from kinks. */
final class GradientTable {
    private static final Shape ANY = Shape.of(3, 5);

    private final List<Row> rows = new ArrayList<>();

    /**
     * A row.
     *
     * @param call the operation
     * @param shapes of the inputs
     * @param low the least input
     * @param high the greatest input
     */
    record Row(Call call, double low, double high, List<Shape> shapes) {
        /** Whether the operation itself rounds to float32, so that small steps tell nothing. */
        boolean rounds() {
            return call.arguments().contains(DType.FLOAT32);
        }

        @Override
        public String toString() {
            return call + " of " + shapes + " in [" + low + ", " + high + "]";
        }
    }

    static List<Row> rows() {
        GradientTable table = new GradientTable();
        table.elementwise();
        table.broadcasting();
        table.choices();
        table.reductions();
        table.products();
        table.softmax();
        table.places();
        table.views();
        return table.rows;
    }

    private void row(double low, double high, Call call, Shape... shapes) {
        rows.add(new Row(call, low, high, List.of(shapes)));
    }

    private void elementwise() {
        for (String name : List.of(
                "negate",
                "sign",
                "abs",
                "square",
                "exp",
                "expm1",
                "sin",
                "cos",
                "erf",
                "relu",
                "tanh",
                "gelu",
                "sigmoid",
                "softplus",
                "silu",
                "mish",
                "selu")) {
            row(0.1, 2, Call.of("Elementwise." + name, A), ANY);
            row(-2, -0.1, Call.of("Elementwise." + name, A), ANY);
        }
        row(-2, 2, Call.of("Elementwise.tanh", A), Shape.scalar());
        row(-2, 2, Call.of("Elementwise.gelu", A), Shape.of(3, 0));
        row(0.5, 2, Call.of("Elementwise.reciprocal", A), ANY);
        row(-2, -0.5, Call.of("Elementwise.reciprocal", A), ANY);
        row(0.5, 3, Call.of("Elementwise.sqrt", A), ANY);
        row(0.5, 3, Call.of("Elementwise.log", A), ANY);
        row(-0.5, 3, Call.of("Elementwise.log1p", A), ANY);
        for (double sign : new double[] {1, -1}) {
            double low = sign > 0 ? 0.1 : -2;
            row(low, low + 1.9, Call.of("Elementwise.leakyRelu", A, 0.2), ANY);
            row(low, low + 1.9, Call.of("Elementwise.elu", A, 1.5), ANY);
            row(low, low + 1.9, Call.of("Elementwise.pow", A, 3.0), ANY);
        }
        for (double exponent : new double[] {2.5, -1.5, 0.5, 1, 0}) {
            row(0.5, 2, Call.of("Elementwise.pow", A, exponent), ANY);
        }
        row(-1, 1, Call.of("Elementwise.clamp", A, -1.5, 1.5), ANY);
        row(1.6, 2, Call.of("Elementwise.clamp", A, -1.5, 1.5), ANY);
        row(-2, -1.6, Call.of("Elementwise.clamp", A, -1.5, 1.5), ANY);
        row(-2, 2, Call.of("Arithmetic.affine", A, 3.0, -1.0), ANY);
        row(-2, 2, Call.of("Arithmetic.affine", A, 1.0, 2.0), ANY);
        row(-2, 2, Call.of("Arithmetic.divide", A, 3.0), ANY);
        row(-2, 2, Call.of("Arithmetic.subtract", 3.0, A), ANY);
        row(-2, 2, Call.of("Convert.convert", A, DType.FLOAT64), ANY);
        row(-2, 2, Call.of("Convert.convert", A, DType.FLOAT32), ANY);
        row(-2, 2, Call.of("Dropout.dropout", A, 0.4f, 7L, 1L), Shape.of(9, 31));
        row(-2, 2, Call.of("Dropout.dropout", A, 0f, 7L, 1L), ANY);
    }

    private void broadcasting() {
        Shape[][] pairs = {
            {ANY, ANY},
            {ANY, Shape.of(5)},
            {Shape.of(3, 1), Shape.of(1, 5)},
            {Shape.scalar(), ANY},
            {Shape.of(2, 3, 4), Shape.of(3, 1)},
            {Shape.of(1), Shape.of(2, 0)}
        };
        for (Shape[] shapes : pairs) {
            for (String name : List.of("add", "subtract", "multiply", "divide", "pow", "maximum", "minimum")) {
                row(0.5, 2, Call.of("Arithmetic." + name, A, B), shapes);
                row(0.5, 2, Call.of("Arithmetic." + name, B, A), shapes);
            }
        }
        for (String name : List.of("add", "subtract", "multiply", "divide", "pow")) {
            row(0.5, 2, Call.of("Arithmetic." + name, A, A), ANY); // both operands are one tensor
        }
    }

    private static Made truths(int... sizes) {
        Shape shape = Shape.of(sizes);
        boolean[] values = new boolean[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 7 % 3 == 0;
        }
        return new Made("truths " + shape, dtype -> Scope.current().of(shape, values));
    }

    private static Made indices(int[] sizes, int... values) {
        Shape shape = Shape.of(sizes);
        return new Made(
                "indices " + shape + " " + Arrays.toString(values),
                dtype -> Scope.current().of(shape, values));
    }

    private static Made narrow(Made indices) {
        return new Made(
                "int32 " + indices, dtype -> indices.tensor().apply(dtype).to(DType.INT32));
    }

    private void choices() {
        row(-2, 2, Call.of("Select.where", truths(3, 5), A, B), ANY, ANY);
        row(-2, 2, Call.of("Select.where", truths(3, 1), A, B), Shape.of(5), Shape.of(2, 3, 1));
        row(-2, 2, Call.of("Select.where", truths(2, 3, 5), A, B), Shape.scalar(), Shape.of(1, 5));
        row(-2, 2, Call.of("Select.where", truths(3, 5), A, A), ANY);
        row(-2, 2, Call.of("Select.where", truths(5), A, 0.5), ANY);
        row(-2, 2, Call.of("Select.where", truths(2, 3, 5), 0.5, A), ANY);
    }

    private void reductions() {
        int[][] axes = {{}, {0}, {1}, {2}, {-1}, {0, 1}, {1, 2}, {0, 2}, {2, 0}, {0, 1, 2}};
        Shape shape = Shape.of(2, 3, 4);
        for (String name :
                List.of("sum", "mean", "max", "min", "logSumExp", "sumOfSquares", "sumOfAbsolutes", "norm")) {
            for (int[] some : axes) {
                for (boolean keepDims : new boolean[] {false, true}) {
                    row(0.1, 2, Call.of("Reduction." + name, A, keepDims, some), shape);
                }
            }
            row(-2, -0.1, Call.of("Reduction." + name, A, false, new int[] {1}), shape);
            row(0.1, 2, Call.of("Reduction." + name, A, true, new int[0]), Shape.scalar());
            row(0.1, 2, Call.of("Reduction." + name, A, false, new int[] {0}), Shape.of(1));
            row(0.1, 2, Call.of("Reduction." + name, A, false, new int[] {0}), Shape.of(3, 0));
        }
        row(0.1, 2, Call.of("Reduction.sum", A), shape);
        for (int[] some : axes) {
            row(-2, 2, Call.of("Reduction.variance", A, 1.0, false, some), shape);
            row(-2, 2, Call.of("Reduction.variance", A, 0.0, true, some), shape);
        }
    }

    private void products() {
        Shape[][] pairs = {
            {Shape.of(3), Shape.of(3)},
            {Shape.of(3), Shape.of(3, 2)},
            {Shape.of(2, 3), Shape.of(3)},
            {Shape.of(2, 3), Shape.of(3, 4)},
            {Shape.of(1, 1), Shape.of(1, 1)},
            {Shape.of(3), Shape.of(2, 3, 4)},
            {Shape.of(2, 3, 4), Shape.of(4)},
            {Shape.of(2, 3, 4), Shape.of(4, 5)},
            {Shape.of(3, 4), Shape.of(2, 4, 5)},
            {Shape.of(2, 3, 4), Shape.of(2, 4, 2)},
            {Shape.of(1, 3, 4), Shape.of(2, 4, 2)},
            {Shape.of(2, 1, 2, 3), Shape.of(3, 3, 2)},
            {Shape.of(2, 0), Shape.of(0, 3)},
            {Shape.of(0, 2), Shape.of(2, 3)}
        };
        for (Shape[] shapes : pairs) {
            row(-1, 1, Call.of("Matmul.matmul", A, B), shapes);
        }
        row(-1, 1, Call.of("Matmul.linear", A, B, C), Shape.of(3, 4), Shape.of(4, 17), Shape.of(17));
        row(-1, 1, Call.of("Matmul.linear", A, B, C), Shape.of(4), Shape.of(4, 3), Shape.of(3));
        row(-1, 1, Call.of("Matmul.linear", A, B, C), Shape.of(2, 3, 4), Shape.of(4, 3), Shape.of(3));
        row(-1, 1, Call.of("Matmul.linear", A, B, null), Shape.of(3, 4), Shape.of(4, 5));
        row(-1, 1, Call.of("Matmul.linear", A, B, null), Shape.of(4), Shape.of(4, 5));
        row(-1, 1, Call.of("Matmul.linear", A, B, null), Shape.of(2, 1, 4), Shape.of(4, 1));
    }

    private void softmax() {
        row(-2, 2, Call.of("Softmax.softmax", A), ANY);
        for (int axis : new int[] {0, 1, 2, -1}) {
            row(-2, 2, Call.of("Softmax.softmax", A, axis), Shape.of(2, 3, 4));
            row(-2, 2, Call.of("Softmax.logSoftmax", A, axis), Shape.of(2, 3, 4));
        }
        row(-2, 2, Call.of("Softmax.logSoftmax", A, 0), Shape.of(0, 2));
        Made targets = indices(new int[] {4}, 2, 0, 1, 2);
        Made some = indices(new int[] {4}, 2, -100, 1, -100);
        Made none = indices(new int[] {4}, 1, 1, 1, 1);
        Made weights = new Made(
                "weights", dtype -> Scope.current().of(Shape.of(3), 0.5, 2, 1.5).to(dtype));
        Shape logits = Shape.of(4, 3);
        row(-2, 2, Call.of("Softmax.crossEntropy", A, targets), logits);
        row(-2, 2, Call.of("Softmax.crossEntropy", A, some), logits);
        row(-2, 2, Call.of("Softmax.crossEntropy", A, narrow(targets), null, -100L, 0.1), logits);
        row(-2, 2, Call.of("Softmax.crossEntropy", A, none, null, 7L, 0.0), logits);
        for (double smoothing : new double[] {0, 0.3}) {
            row(-2, 2, Call.of("Softmax.crossEntropy", A, targets, weights, -100L, smoothing), logits);
            row(-2, 2, Call.of("Softmax.crossEntropy", A, some, weights, -100L, smoothing), logits);
            row(-2, 2, Call.of("Softmax.crossEntropy", A, targets, weights, 0L, smoothing), logits);
        }
    }

    private void places() {
        Made repeats = indices(new int[] {5}, 1, 0, 1, 1, 2);
        row(-2, 2, Call.of("Index.indexSelect", A, 0, repeats), ANY);
        row(-2, 2, Call.of("Index.indexSelect", A, -1, repeats), ANY);
        row(-2, 2, Call.of("Index.indexSelect", A, 1, narrow(repeats)), Shape.of(2, 3, 4));
        row(-2, 2, Call.of("Index.indexSelect", A, 0, indices(new int[] {0})), ANY);
        row(-2, 2, Call.of("Index.gather", A, 0, indices(new int[] {2, 5}, 0, 1, 2, 2, 0, 2, 1, 0, 2, 2)), ANY);
        row(-2, 2, Call.of("Index.gather", A, -1, indices(new int[] {3, 2}, 4, 4, 0, 1, 3, 3)), ANY);
        row(-2, 2, Call.of("Index.gather", A, 1, narrow(indices(new int[] {2, 2}, 4, 1, 0, 0))), ANY);
        row(
                -2,
                2,
                Call.of("Index.gather", A, 1, indices(new int[] {1, 4, 2}, 2, 0, 2, 1, 0, 0, 2, 2)),
                Shape.of(2, 3, 4));
        row(-2, 2, Call.of("Index.concat", 0, new In[] {A}), ANY);
        row(-2, 2, Call.of("Index.concat", 0, new In[] {A, B}), ANY, Shape.of(2, 5));
        row(-2, 2, Call.of("Index.concat", -1, new In[] {A, B, C}), ANY, Shape.of(3, 0), Shape.of(3, 1));
        row(-2, 2, Call.of("Index.concat", 1, new In[] {A, B, A}), Shape.of(2, 3, 2), Shape.of(2, 1, 2));
        row(-2, 2, Call.of("Index.stack", 0, new In[] {A}), ANY);
        row(-2, 2, Call.of("Index.stack", 1, new In[] {A, B, C}), ANY, ANY, ANY);
        row(-2, 2, Call.of("Index.stack", -1, new In[] {A, B, A}), ANY, ANY);
        row(-2, 2, Call.of("Index.stack", 0, new In[] {A, B}), Shape.scalar(), Shape.scalar());
    }

    private void views() {
        Shape cube = Shape.of(2, 3, 4);
        row(-2, 2, Call.of("View.reshape", A, Shape.of(4, 6)), cube);
        row(-2, 2, Call.of("View.reshape", A, Shape.of(3, 2, 1, 4)), cube);
        row(-2, 2, Call.of("View.reshape", A, cube), cube);
        row(-2, 2, Call.of("View.permute", A, new int[] {2, 0, 1}), cube);
        row(-2, 2, Call.of("View.permute", A, new int[] {-1, 1, -3}), cube);
        row(-2, 2, Call.of("View.transpose", A, 0, -1), cube);
        row(-2, 2, Call.of("View.slice", A, 1, 0, 2, 1), cube);
        row(-2, 2, Call.of("View.slice", A, -1, 1, 4, 2), cube);
        row(-2, 2, Call.of("View.slice", A, 0, 2, 2, 1), cube);
        row(-2, 2, Call.of("View.select", A, 1, 2), cube);
        row(-2, 2, Call.of("View.select", A, -1, -1), cube);
        row(-2, 2, Call.of("View.expand", A, Shape.of(2, 3)), Shape.scalar());
        row(-2, 2, Call.of("View.expand", A, Shape.of(2, 3, 4)), Shape.of(3, 1));
        row(-2, 2, Call.of("View.expand", A, Shape.of(2, 3, 0)), Shape.of(3, 1));
        row(-2, 2, Call.of("View.expand", A, cube), cube);
        row(-2, 2, Call.of("View.unsqueeze", A, 1), ANY);
        row(-2, 2, Call.of("View.unsqueeze", A, -1), ANY);
        row(-2, 2, Call.of("View.squeeze", A, 1), Shape.of(3, 1, 2));
        row(-2, 2, Call.of("View.squeeze", A, -2), Shape.of(3, 1, 2));
    }
}
