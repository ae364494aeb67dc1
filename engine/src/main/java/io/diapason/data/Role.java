package io.diapason.data;

/** What a column is used for. */
public enum Role {
    /** Something is predicted from it. */
    FEATURE,
    /** It is predicted. */
    TARGET,
    /** Left out because the user said so. */
    DROPPED,
    /** Left out because every cell is missing. */
    EMPTY,
    /** Left out because every cell holds the same value. */
    CONSTANT,
    /** Left out because it names or counts the rows. */
    IDENTIFIER
}
