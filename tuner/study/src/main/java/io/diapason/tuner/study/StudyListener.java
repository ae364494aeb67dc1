package io.diapason.tuner.study;

/**
 * Hears what happens in a study: one event at a time, in the order of {@link StudyEvent}, on the thread that called
 * {@link Study#run}.
 *
 * <p>Training does not wait for a listener; events do. What a listener throws is logged as a warning, and changes
 * nothing else. To end the study, a listener cancels its {@link Cancellation}.
 */
@FunctionalInterface
public interface StudyListener {
    /**
     * Hears one event.
     *
     * @param event what happened
     */
    void onEvent(StudyEvent event);

    /**
     * A listener that hears nothing.
     *
     * @return the listener
     */
    static StudyListener none() {
        return event -> {};
    }
}
