package io.diapason.cli;

import io.diapason.tuner.study.StudyListener;

/** Shows how far a search is. */
interface Progress extends StudyListener, AutoCloseable {
    /** Shows no more; closing again does nothing. */
    @Override
    void close();
}
