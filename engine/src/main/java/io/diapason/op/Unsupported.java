package io.diapason.op;

/** The one answer of operations that are derivatives themselves. */
final class Unsupported {
    private Unsupported() {}

    static IllegalStateException secondDerivative(String op) {
        return new IllegalStateException(op + ": second derivatives must not be asked for; gradients are first order");
    }
}
