package io.diapason.data;

/** What is predicted from a row. */
public enum Task {
    /** One of finitely many classes, with a probability each. */
    CLASSIFICATION,
    /** A number. */
    REGRESSION
}
