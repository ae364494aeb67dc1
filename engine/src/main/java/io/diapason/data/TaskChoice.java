package io.diapason.data;

/** Which task is wanted of a target column. */
public enum TaskChoice {
    /** As the target's values suggest; see {@link Schema}. */
    AUTO,
    /** Classes, whatever the values are. */
    CLASSIFICATION,
    /** Numbers; refused for a target of words. */
    REGRESSION
}
