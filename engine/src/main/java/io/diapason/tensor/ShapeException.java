package io.diapason.tensor;

/**
 * Operands whose shapes or types do not fit an operation; the message names the operation, the rule and what was given.
 */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * A broken shape rule.
     *
     * @param op the operation's name
     * @param rule what must hold, such as «input columns must equal weight rows»
     * @param got the operands, such as «input [32, 13] and weight [12, 64]»
     */
    public ShapeException(String op, String rule, String got) {
        super(op + ": " + rule + ", got " + got);
    }
}
