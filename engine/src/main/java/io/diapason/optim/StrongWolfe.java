package io.diapason.optim;

/**
 * A line search: a step t along a direction d with {@code f(x + t·d) ≤ f(x) + c₁·t·f'} and {@code |f'(x + t·d)| ≤
 * c₂·|f'|}, f' being the slope along d at x. First a bracket around such a step is found, then it is narrowed by cubic
 * interpolation. Source: Nocedal and Wright 2006, algorithms 3.5 and 3.6, equation 3.59, as in Schmidt's minFunc and
 * PyTorch.
 */
final class StrongWolfe {
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final double SMALLEST_CHANGE = 1e-9; // of any parameter, within a bracket worth narrowing

    private final Line line;
    private final Point start;
    private final int trials; // how many may follow the first
    private final double smallest; // bracket that is worth narrowing
    private final Point[] bracket; // in the order in which its ends were found
    private int low; // the end with the lower loss
    private int evaluations;
    private boolean done;

    /** The loss along the line. */
    @FunctionalInterface
    interface Line {
        Point at(double t);
    }

    /**
     * A place on the line.
     *
     * @param t how far along
     * @param loss there
     * @param gradient there, of all parameters
     * @param slope along the direction
     */
    record Point(double t, double loss, Vector gradient, double slope) {}

    private StrongWolfe(Line line, Point start, int trials, double longest) {
        this.line = line;
        this.start = start;
        this.trials = trials;
        this.smallest = SMALLEST_CHANGE / longest;
        this.bracket = new Point[] {start, start};
    }

    /**
     * Searches.
     *
     * @param line the loss along the direction
     * @param start the point at 0, of negative slope
     * @param first the first step to try
     * @param trials how many evaluations may follow the first
     * @param longest the greatest element of the direction
     * @return the best place found and how often the loss was evaluated
     */
    static Result search(Line line, Point start, double first, int trials, double longest) {
        StrongWolfe search = new StrongWolfe(line, start, trials, longest);
        search.bracket(first);
        search.narrow();
        return new Result(search.bracket[search.low], search.evaluations);
    }

    record Result(Point point, int evaluations) {}

    private void bracket(double first) {
        Point previous = start;
        Point point = trial(first);
        for (int step = 0; step < trials; step++) {
            if (tooHigh(point) || (step > 1 && point.loss >= previous.loss)) {
                enclose(previous, point);
                return;
            }
            if (flat(point)) {
                enclose(point, point);
                done = true;
                return;
            }
            if (point.slope >= 0) {
                enclose(previous, point);
                return;
            }
            double t = cubicMinimum(previous, point, point.t + 0.01 * (point.t - previous.t), point.t * 10);
            previous = point;
            point = trial(t);
        }
        enclose(start, point);
    }

    private void narrow() {
        boolean stalled = false;
        while (!done && evaluations <= trials && Math.abs(bracket[1].t - bracket[0].t) >= smallest) {
            double left = Math.min(bracket[0].t, bracket[1].t);
            double right = Math.max(bracket[0].t, bracket[1].t);
            double t = cubicMinimum(bracket[0], bracket[1], left, right);
            double margin = 0.1 * (right - left);
            if (Math.min(right - t, t - left) >= margin) {
                stalled = false;
            } else if (stalled || t >= right || t <= left) {
                t = Math.abs(t - right) < Math.abs(t - left) ? right - margin : left + margin;
                stalled = false;
            } else {
                stalled = true;
            }
            replace(trial(t));
        }
    }

    /** Puts a point in the place of one end of the bracket. */
    private void replace(Point point) {
        int high = 1 - low;
        if (tooHigh(point) || point.loss >= bracket[low].loss) {
            bracket[high] = point;
            enclose(bracket[0], bracket[1]);
            return;
        }
        if (flat(point)) {
            done = true;
        } else if (point.slope * (bracket[high].t - bracket[low].t) >= 0) {
            bracket[high] = bracket[low];
        }
        bracket[low] = point;
    }

    private void enclose(Point a, Point b) {
        bracket[0] = a;
        bracket[1] = b;
        low = a.loss <= b.loss ? 0 : 1;
    }

    private boolean tooHigh(Point point) {
        return point.loss > start.loss + SUFFICIENT_DECREASE * point.t * start.slope;
    }

    private boolean flat(Point point) {
        return Math.abs(point.slope) <= -CURVATURE * start.slope;
    }

    /** A point whose loss is NaN is infinitely high. */
    private Point trial(double t) {
        evaluations++;
        Point point = line.at(t);
        return Double.isNaN(point.loss) ? new Point(t, Double.POSITIVE_INFINITY, point.gradient, point.slope) : point;
    }

    /** Where the cubic through two points and slopes is least, within bounds; halfway where there is no such place. */
    private static double cubicMinimum(Point a, Point b, double least, double most) {
        Point left = a.t <= b.t ? a : b;
        Point right = a.t <= b.t ? b : a;
        double d1 = left.slope + right.slope - 3 * (left.loss - right.loss) / (left.t - right.t);
        double square = d1 * d1 - left.slope * right.slope;
        double d2 = Math.sqrt(square);
        double minimum = right.t - (right.t - left.t) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
        return square >= 0 && !Double.isNaN(minimum) ? Math.min(Math.max(minimum, least), most) : (least + most) / 2;
    }
}
