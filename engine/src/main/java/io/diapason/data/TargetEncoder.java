package io.diapason.data;

/** How the target becomes numbers to learn, and predictions become the target again; plain data. */
public sealed interface TargetEncoder permits ClassEncoder, ValueEncoder {
    /**
     * What is learned.
     *
     * @return classification of a {@link ClassEncoder}, regression of a {@link ValueEncoder}
     */
    Task task();
}
