package io.diapason.nn;

/**
 * By how much initial weights must be larger than those of a linear map, so that what follows an activation has the
 * variance of what went in. Source: PyTorch's {@code calculate_gain}.
 */
public final class Gain {
    private Gain() {}

    /**
     * For no activation, and for sigmoid.
     *
     * @return 1
     */
    public static double linear() {
        return 1;
    }

    /**
     * For tanh.
     *
     * @return 5/3
     */
    public static double tanh() {
        return 5.0 / 3;
    }

    /**
     * For ReLU, which halves the second moment. Source: He et al. 2015, «Delving deep into rectifiers», equation 10.
     *
     * @return √2
     */
    public static double relu() {
        return Math.sqrt(2);
    }

    /**
     * For leaky ReLU. Source: He et al. 2015, equation 15.
     *
     * @param slope the factor of what lies below 0
     * @return √(2 / (1 + slope²))
     */
    public static double leakyRelu(double slope) {
        return Math.sqrt(2 / (1 + slope * slope));
    }

    /**
     * For SELU, as PyTorch has it. The network normalises itself only with {@link #linear()}; see Klambauer et al.
     * 2017.
     *
     * @return 3/4
     */
    public static double selu() {
        return 0.75;
    }
}
