package io.diapason.benchmarks.guard;

/** A hot kernel and its reference, which are timed in turns of less than a slice of the scheduler's. */
interface Duel {
    /** One or several turns of both. */
    void fight(Turns turns);

    /** A duel of two calls; a turn is as many of each as take some 50 us. */
    static Duel of(Runnable ours, Runnable reference) {
        int callsOfOurs = callsOfTurn(ours);
        int callsOfReference = callsOfTurn(reference);
        return turns -> {
            long start = System.nanoTime();
            for (int i = 0; i < callsOfOurs; i++) {
                ours.run();
            }
            long between = System.nanoTime();
            for (int i = 0; i < callsOfReference; i++) {
                reference.run();
            }
            long end = System.nanoTime();
            turns.add((double) (between - start) / callsOfOurs, (double) (end - between) / callsOfReference);
        };
    }

    private static int callsOfTurn(Runnable call) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 500 && best * i < 2e7; i++) {
            long start = System.nanoTime();
            call.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return (int) Math.max(1, 50_000 / best);
    }
}
